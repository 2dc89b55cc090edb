// Batched product of two matrices that are both known only at run time.
#pragma once

#include <stddef.h>

struct kernel_table;

/// C[b] = scale * A[b] * B[b], M x K times K x N.
typedef struct {
  const struct kernel_table *kernels;
  const float *left, *right;
  float *output;
  ptrdiff_t m, n, k;
  ptrdiff_t left_row_stride, left_column_stride, right_row_stride, right_column_stride, output_row_stride;
  float scale;
  ptrdiff_t batch;
  /// For each matrix of the batch, the offsets of its operands and its result: [batch][3].
  const ptrdiff_t *offsets;
  /// The packed right matrices that differ: [pack_count], the batch index of one user of each.
  ptrdiff_t pack_count;
  const ptrdiff_t *pack_users;
  /// For each matrix of the batch, which packed right matrix it uses.
  const ptrdiff_t *pack_indices;
  float *packed;             // pack_count x packed_weights_count
  ptrdiff_t packed_count;
  float *left_rows;          // batch x m x k floats when left_column_stride is not 1, else null
  ptrdiff_t row_block;
  ptrdiff_t row_blocks;
} matrix_product_arguments;

/// Body for `worker_pool_run` over the pack_count right matrices, to be done before the product.
void matrix_product_pack_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Body for `worker_pool_run` over the batch: makes the rows of the left matrices contiguous; only when left_rows.
void matrix_product_gather_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Body for `worker_pool_run` over batch x row_blocks.
void matrix_product_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
