// Resizing of channels-last images.
#pragma once

#include <stddef.h>

/// Where one output coordinate reads: value = input[first] * (1 - fraction) + input[second] * fraction.
typedef struct {
  int first, second;
  float fraction;
} resize_tap;

/// Work items: output rows of all images.
typedef struct {
  const float *input;
  ptrdiff_t input_stride;
  ptrdiff_t input_height, input_width;
  ptrdiff_t channels;
  float *output;
  ptrdiff_t output_stride;
  ptrdiff_t output_height, output_width;
  const resize_tap *rows;     // output_height
  const resize_tap *columns;  // output_width
} resize_arguments;

/// Body for `worker_pool_run`: copies the `first` pixels.
void nearest_resize_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
