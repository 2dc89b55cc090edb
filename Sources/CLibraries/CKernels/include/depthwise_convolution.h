// Depthwise convolution: every channel has its own kernel.
#pragma once

#include "activation.h"
#include <stddef.h>

struct kernel_table;

typedef struct {
  const struct kernel_table *kernels;
  const float *input;
  ptrdiff_t input_stride;   // from pixel to pixel
  ptrdiff_t input_height, input_width;
  ptrdiff_t channels;
  ptrdiff_t kernel_height, kernel_width;
  ptrdiff_t vertical_stride, horizontal_stride, vertical_dilation, horizontal_dilation;
  ptrdiff_t top_padding, left_padding;
  const float *weights;     // [tap][channels], 16 readable floats behind
  const float *bias;        // [channels], 16 readable floats behind
  float *output;
  ptrdiff_t output_stride;
  ptrdiff_t output_height, output_width;
  const float *residual;    // may be null
  ptrdiff_t residual_stride;
  epilogue epilogue;
  // Work items are output rows (of all images), or pairs of them, x slabs of channels; slabs vary fastest.
  ptrdiff_t slab;           // channels per slab, a multiple of 16
  ptrdiff_t item_rows;      // output rows of an item, at most `depthwise_rows_at_once`
} depthwise_convolution_arguments;

/// One output row of some channels, or as many as `depthwise_rows_at_once`.
typedef struct {
  ptrdiff_t rows;
  const float *const *lines;  // for each kernel row, the first pixel of the input row it reads; one more for two rows
  ptrdiff_t from_tap, to_tap; // the lines that lie inside the image
  float *output;              // the row's first pixel
  const float *residual;      // likewise; may be null
  ptrdiff_t from_channel, to_channel;
} depthwise_convolution_line;

typedef void (*depthwise_convolution_line_function)(
    const depthwise_convolution_arguments *, const depthwise_convolution_line *);

/// The output rows that the kernel computes at once where there are as many: two when its registers hold both, which
/// then share what they read.
ptrdiff_t depthwise_rows_at_once(const depthwise_convolution_arguments *arguments);

/// Body for `worker_pool_run` over ceil(output_height / item_rows) x images x slabs.
void depthwise_convolution_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

enum { depthwise_maximum_kernel_height = 64 };
