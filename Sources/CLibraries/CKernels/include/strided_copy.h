// Copies between strided layouts: concatenation, slices, transposes, padding.
#pragma once

#include <stddef.h>

enum { strided_copy_maximum_rank = 8 };

struct kernel_table;

/// Transposes a matrix: output[r * out_row + c] = input[r + c * in_column].
typedef void (*transpose_function)(
    const float *input, ptrdiff_t in_column, float *output, ptrdiff_t out_row, ptrdiff_t rows, ptrdiff_t columns);

/// Elements of 4 bytes. Work items: indices of the outermost dimension.
typedef struct {
  const struct kernel_table *kernels;
  const float *input;
  float *output;
  ptrdiff_t rank;  // at least 1
  ptrdiff_t dimensions[strided_copy_maximum_rank];
  ptrdiff_t input_strides[strided_copy_maximum_rank];
  ptrdiff_t output_strides[strided_copy_maximum_rank];
} strided_copy_arguments;

/// Body for `worker_pool_run`.
void strided_copy_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Padding of a contiguous tensor. Work items: rows (all dimensions but the innermost) of the output.
typedef struct {
  const float *input;
  float *output;
  ptrdiff_t rank;
  ptrdiff_t dimensions[strided_copy_maximum_rank];     // of the output
  ptrdiff_t input_strides[strided_copy_maximum_rank];
  /// For each output dimension, where each of its indices reads in the input; -1 where the value is `constant`.
  const int *sources[strided_copy_maximum_rank];
  float constant;
} pad_arguments;

/// Body for `worker_pool_run`.
void pad_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
