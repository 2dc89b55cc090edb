// Run-time choice among the variants of each kernel.
#pragma once

#include "color_fit.h"
#include "convolution.h"
#include "depthwise_convolution.h"
#include "elementwise.h"
#include "resize.h"
#include "strided_copy.h"
#include "winograd.h"
#include "worker_pool.h"
#include <stdbool.h>
#include <stddef.h>

typedef enum {
  instruction_set_portable,
  instruction_set_avx2,    // AVX2, FMA and F16C
  instruction_set_avx512,  // AVX-512 F, VL, DQ and BW
} instruction_set;

/// One variant of every kernel. The `_task` members are bodies for `worker_pool_run`.
typedef struct kernel_table {
  const char *suffix;
  /// Floats in one vector.
  int lanes;
  /// Rows and columns of the matrix product's register tile.
  int tile_rows, tile_columns;

  igemm_function igemm;
  igemm_function dot;
  unary_row_function unary_row;
  depthwise_convolution_line_function depthwise_line;
  bilinear_resize_row_function bilinear_resize_row;
  winograd_input_function winograd_input;
  winograd_output_function winograd_output;
  winograd_weights_function winograd_weights;
  transpose_function transpose;
  color_fit_function color_fit;
  color_function_row_function color_function_row;

  worker_pool_body binary_task;
  worker_pool_body unary_task;
  worker_pool_body pooling_task;
  worker_pool_body global_pooling_task;
  worker_pool_body softmax_task;
  worker_pool_body layer_normalization_task;
  worker_pool_body reduction_task;
  worker_pool_body multiply_add_task;
  worker_pool_body scaled_copy_task;
} kernel_table;

/// Whether this processor runs `set`.
bool instruction_set_is_available(instruction_set set);

/// Products per time in AVX-512 over those in AVX2, measured in some ten microseconds: about one where vectors of 512
/// bits go through multipliers of 256, about two where they do not. One without AVX-512.
double wide_vector_gain(void);

/// Writes what names this processor, at most `size` - 1 printable characters and a zero.
void processor_name(char *name, size_t size);

/// The kernels written for `set`, which must be available.
const kernel_table *kernel_table_for(instruction_set set);
