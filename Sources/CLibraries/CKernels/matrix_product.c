// Batched product of matrices: packs the right ones, then runs register tiles over the left ones.
#include "matrix_product.h"
#include "instruction_set.h"

void matrix_product_pack_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const matrix_product_arguments *p = context;
  for (ptrdiff_t i = from; i < to; i++)
    pack_weights(
        p->kernels, p->k, p->n, p->right + p->offsets[3 * p->pack_users[i] + 1], p->right_row_stride,
        p->right_column_stride, p->scale, NULL, p->packed + i * p->packed_count);
}

void matrix_product_gather_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const matrix_product_arguments *p = context;
  for (ptrdiff_t i = from; i < to; i++) {
    const float *left = p->left + p->offsets[3 * i];
    float *rows = p->left_rows + i * p->m * p->k;
    for (ptrdiff_t r = 0; r < p->m; r++)
      for (ptrdiff_t c = 0; c < p->k; c++)
        rows[r * p->k + c] = left[r * p->left_row_stride + c * p->left_column_stride];
  }
}

void matrix_product_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const matrix_product_arguments *p = context;
  const ptrdiff_t tile_rows = p->kernels->tile_rows;
  const ptrdiff_t row_stride = p->left_rows ? p->k : p->left_row_stride;
  ptrdiff_t column_block = 64 * 1024 / (p->k + 1) / p->kernels->tile_columns * p->kernels->tile_columns;
  if (column_block < p->kernels->tile_columns) column_block = p->kernels->tile_columns;
  const float *rows[16];
  igemm_tile tile = {
      .rows = rows,
      .taps = 1,
      .depth = p->k,
      .output_stride = p->output_row_stride,
      .epilogue = {.kind = activation_identity},
  };
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t matrix = item / p->row_blocks;
    const ptrdiff_t first = item % p->row_blocks * p->row_block;
    const ptrdiff_t end = first + p->row_block < p->m ? first + p->row_block : p->m;
    const float *left =
        p->left_rows ? p->left_rows + matrix * p->m * p->k : p->left + p->offsets[3 * matrix];
    float *output = p->output + p->offsets[3 * matrix + 2];
    const float *packed = p->packed + p->pack_indices[matrix] * p->packed_count;
    // A block of packed columns stays in the second-level cache while the rows stream past it.
    for (ptrdiff_t column = 0; column < p->n; column += column_block) {
      tile.columns = p->n - column < column_block ? p->n - column : column_block;
      tile.weights = packed + column * (p->k + 1);
      for (ptrdiff_t row = first; row < end; row += tile_rows) {
        tile.row_count = end - row < tile_rows ? end - row : tile_rows;
        for (ptrdiff_t r = 0; r < tile.row_count; r++) rows[r] = left + (row + r) * row_stride;
        tile.output = output + row * p->output_row_stride + column;
        p->kernels->igemm(&tile);
      }
    }
  }
}

void matrix_product_blas_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  enum { row_major = 101, plain = 111, transposed = 112 };
  const matrix_product_arguments *p = context;
  const int left_is_plain = p->left_column_stride == 1, right_is_plain = p->right_column_stride == 1;
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t *offsets = p->offsets + 3 * (item / p->row_blocks);
    const ptrdiff_t first = item % p->row_blocks * p->row_block;
    const ptrdiff_t count = p->m - first < p->row_block ? p->m - first : p->row_block;
    p->sgemm(
        row_major, left_is_plain ? plain : transposed, right_is_plain ? plain : transposed, (int)count, (int)p->n,
        (int)p->k, p->scale, p->left + offsets[0] + first * p->left_row_stride,
        (int)(left_is_plain ? p->left_row_stride : p->left_column_stride), p->right + offsets[1],
        (int)(right_is_plain ? p->right_row_stride : p->right_column_stride), 0.0f,
        p->output + offsets[2] + first * p->output_row_stride, (int)p->output_row_stride);
  }
}
