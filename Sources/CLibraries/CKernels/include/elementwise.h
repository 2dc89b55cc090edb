// Functions of one and two tensors, element by element.
#pragma once

#include "activation.h"
#include <stddef.h>

/// output[i] = activation(input[i]) for i in 0..<count; output may be input.
typedef void (*unary_row_function)(const epilogue *function, const float *input, float *output, ptrdiff_t count);

/// Rows of `width` floats; work items are rows.
typedef struct {
  const float *input;
  float *output;
  ptrdiff_t width, input_stride, output_stride;
  epilogue function;
} unary_arguments;

typedef enum {
  binary_add,
  binary_subtract,
  binary_multiply,
  binary_divide,
  binary_maximum,
  binary_minimum,
  binary_power,
} binary_operation;

enum { elementwise_maximum_rank = 6 };

/// The innermost dimension is a row; operands have stride 1 or 0 in it, the output 1. Work items are rows.
typedef struct {
  const float *left, *right;
  float *output;
  binary_operation operation;
  epilogue function;        // applied to the result
  ptrdiff_t width;
  ptrdiff_t left_step, right_step;
  ptrdiff_t rank;           // dimensions outside the row
  ptrdiff_t dimensions[elementwise_maximum_rank];
  ptrdiff_t left_strides[elementwise_maximum_rank];
  ptrdiff_t right_strides[elementwise_maximum_rank];
  ptrdiff_t output_strides[elementwise_maximum_rank];
} binary_arguments;
