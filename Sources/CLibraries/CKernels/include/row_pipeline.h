// A chain of operators on images in one pass, row by row, so that the images between them never leave the cache.
//
// Generalises the row ring of oneDNN's fused 1x1 and depthwise convolution to any number of stages: each stage keeps
// as many of its newest rows as the next one's window is high, and computes a row when that window first reaches it.
#pragma once

#include "convolution.h"
#include "depthwise_convolution.h"
#include "resize.h"

typedef enum { row_stage_pointwise, row_stage_depthwise, row_stage_bilinear_resize } row_stage_kind;

/// One operator of the chain; `kind` says which of the arguments hold. A stage reads the rows of the stage before it,
/// or the input, and writes its ring, or the output; those pointers in the arguments are ignored.
typedef struct {
  row_stage_kind kind;
  convolution_arguments pointwise;          // its residual, if any, is a whole image
  depthwise_convolution_arguments depthwise;
  resize_arguments resize;
  ptrdiff_t input_height, output_height;
  ptrdiff_t input_row, output_row;          // floats from row to row
  ptrdiff_t ring_rows;                      // rows of its result that are kept; see `row_pipeline_set_rings`
} row_stage;

enum { row_pipeline_maximum_stages = 12 };

typedef struct {
  row_stage stages[row_pipeline_maximum_stages];
  ptrdiff_t stage_count;
  const float *input;
  float *output;
  float *scratch;                           // for each worker, row_pipeline_scratch_count floats
} row_pipeline_arguments;

/// Decides how many rows each stage keeps.
void row_pipeline_set_rings(row_pipeline_arguments *arguments);

/// Floats of scratch memory for one worker: the rings, with what kernels read behind them.
ptrdiff_t row_pipeline_scratch_count(const row_pipeline_arguments *arguments);

/// Body for `worker_pool_run` over the output rows of all images; each call starts its rings anew, so that items are
/// best taken in long runs.
void row_pipeline_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
