// Resizing of channels-last images.
#pragma once

#include <stddef.h>

/// Where one output coordinate reads: value = input[first] * (1 - fraction) + input[second] * fraction.
typedef struct {
  int first, second;
  float fraction;
} resize_tap;

struct kernel_table;

/// Work items: output rows of all images.
typedef struct {
  const struct kernel_table *kernels;
  const float *input;
  ptrdiff_t input_stride;
  ptrdiff_t input_height, input_width;
  ptrdiff_t channels;
  float *output;
  ptrdiff_t output_stride;
  ptrdiff_t output_height, output_width;
  const resize_tap *rows;     // output_height
  const resize_tap *columns;  // output_width
  float *scratch;             // for each worker output_width * output_stride floats, for `planar_...` only
} resize_arguments;

/// Writes one output row from the input rows above and below it, of which the lower one counts for `fraction`.
typedef void (*bilinear_resize_row_function)(
    const resize_arguments *, const float *top, const float *bottom, float fraction, float *output);

/// Body for `worker_pool_run`: interpolates.
void bilinear_resize_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Body for `worker_pool_run`: interpolates, and writes channels first without gaps; `output_stride` is the scratch
/// memory's.
void planar_bilinear_resize_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Body for `worker_pool_run`: copies the `first` pixels.
void nearest_resize_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
