// Softmax and layer normalisation.
#pragma once

#include <stddef.h>

/// Softmax along the middle of [outer, axis, inner]; work items: outer indices. Output may be input.
typedef struct {
  const float *input;
  float *output;
  ptrdiff_t axis, inner;
  ptrdiff_t input_stride, output_stride;  // from outer index to outer index
} softmax_arguments;

/// Normalises rows to mean 0 and variance 1, then scales and shifts; work items: rows.
typedef struct {
  const float *input;
  float *output;
  ptrdiff_t width, input_stride, output_stride;
  const float *scale, *bias;  // may be null
  float epsilon;
} layer_normalization_arguments;
