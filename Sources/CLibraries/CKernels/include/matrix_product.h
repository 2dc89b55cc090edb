// Batched product of two matrices that are both known only at run time.
#pragma once

#include <stddef.h>

struct kernel_table;

/// `cblas_sgemm` of a BLAS library: row-major is 101, plain 111, transposed 112.
typedef void (*sgemm_function)(
    int order, int transpose_left, int transpose_right, int m, int n, int k, float alpha, const float *left,
    int left_stride, const float *right, int right_stride, float beta, float *output, int output_stride);

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
  sgemm_function sgemm;      // for matrix_product_blas_task; else null
} matrix_product_arguments;

/// Body for `worker_pool_run` over the pack_count right matrices, to be done before the product.
void matrix_product_pack_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Body for `worker_pool_run` over the batch: makes the rows of the left matrices contiguous; only when left_rows.
void matrix_product_gather_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Body for `worker_pool_run` over batch x row_blocks.
void matrix_product_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// The same by `sgemm`, without packing: of each operand's two inner strides one is 1 and both fit an int.
void matrix_product_blas_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
