// An inverted residual block in one pass: a pointwise convolution that widens, a depthwise one, and a pointwise one
// that narrows again, row by row, so that the wide image never leaves the cache.
//
// Follows the row ring of oneDNN's fused 1x1 and depthwise convolution, with the second pointwise convolution added.
#pragma once

#include "convolution.h"
#include "depthwise_convolution.h"

typedef struct {
  convolution_arguments expand;             // its output is the ring, set here
  depthwise_convolution_arguments depthwise;  // its input is the ring, its output the line, set here
  convolution_arguments project;            // its input is the line, set here
  float *scratch;                           // for each worker, inverted_residual_scratch_count floats
} inverted_residual_arguments;

/// Floats of scratch memory for one worker: a ring of as many wide rows as the depthwise kernel is high, and one line
/// of its results, with what kernels read behind them.
ptrdiff_t inverted_residual_scratch_count(const inverted_residual_arguments *arguments);

/// Body for `worker_pool_run` over the output rows of all images; each call starts its ring anew, so that items are
/// best taken in long runs.
void inverted_residual_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
