// Sums, means and extrema along one axis.
#pragma once

#include <stddef.h>

typedef enum { reduction_sum, reduction_mean, reduction_maximum, reduction_minimum } reduction_kind;

/// Reduces the middle of [outer, axis, inner]; work items: outer indices.
typedef struct {
  const float *input;
  float *output;
  ptrdiff_t axis, inner;
  reduction_kind kind;
} reduction_arguments;
