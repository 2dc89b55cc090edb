// Matrix product with few columns: vectors run along the rows of the left matrix, so that no lane waits for a column that
// does not exist. Tiles are those of f32_igemm.h, but for the weights: [column][taps * depth], then the biases; `depth`
// is a multiple of the lanes and there are no slopes.
#include "convolution.h"
#include "activate.h"

/// The sums of the lanes of four vectors.
INLINE void VARIANT(sums_of_four)(const vector x[4], float *sums) {
#if LANES == 16
  // Halves of two vectors, then quarters of four, side by side.
  const vector ab = __builtin_shufflevector(x[0], x[1], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
      + __builtin_shufflevector(x[0], x[1], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  const vector cd = __builtin_shufflevector(x[2], x[3], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
      + __builtin_shufflevector(x[2], x[3], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  vector t = __builtin_shufflevector(ab, cd, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27)
      + __builtin_shufflevector(ab, cd, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  t += __builtin_shufflevector(t, t, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
  t += __builtin_shufflevector(t, t, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
  *(unaligned_vector4 *)sums = __builtin_shufflevector(t, t, 0, 4, 8, 12);
#elif LANES == 8
  vector4 quarter[4];
  UNROLL for (int i = 0; i < 4; i++) quarter[i] = x[i].lo + x[i].hi;
  const vector4 ab = __builtin_shufflevector(quarter[0], quarter[1], 0, 1, 4, 5)
      + __builtin_shufflevector(quarter[0], quarter[1], 2, 3, 6, 7);
  const vector4 cd = __builtin_shufflevector(quarter[2], quarter[3], 0, 1, 4, 5)
      + __builtin_shufflevector(quarter[2], quarter[3], 2, 3, 6, 7);
  *(unaligned_vector4 *)sums =
      __builtin_shufflevector(ab, cd, 0, 2, 4, 6) + __builtin_shufflevector(ab, cd, 1, 3, 5, 7);
#else
  UNROLL for (int i = 0; i < 4; i++) sums[i] = sum_of_lanes(x[i]);
#endif
}

/// `rows` rows from the tile's row `first` on, of which those behind its last are computed in vain.
INLINE void VARIANT(dot_rows)(const igemm_tile *tile, ptrdiff_t first, const int rows, const int columns) {
  vector sums[(TILE_ROWS * 2 + 3) / 4 * 4];
  UNROLL for (int i = 0; i < (rows * columns + 3) / 4 * 4; i++) sums[i] = splat(0.0f);
  const ptrdiff_t depth = tile->depth, count = tile->taps * depth, last = tile->row_count - 1;
  const float *const *pointers = tile->rows;
  const float *w = tile->weights;
  for (ptrdiff_t t = 0; t < tile->taps; t++, pointers += tile->row_step, w += depth) {
    const float *a[TILE_ROWS];
    UNROLL for (int r = 0; r < rows; r++) a[r] = pointers[first + r < last ? first + r : last];
    NO_VECTORIZE for (ptrdiff_t k = 0; k < depth; k += LANES) {
      vector b[4];
      UNROLL for (int c = 0; c < columns; c++) b[c] = load(w + c * count + k);
      UNROLL for (int r = 0; r < rows; r++) {
        const vector x = load(a[r] + k);
        UNROLL for (int c = 0; c < columns; c++) sums[r * columns + c] = x * b[c] + sums[r * columns + c];
      }
    }
  }
  // Whole vectors of results.
  float results[(TILE_ROWS * 2 + 31) / 16 * 16];
  UNROLL for (int i = 0; i < rows * columns; i += 4) VARIANT(sums_of_four)(sums + i, results + i);
  const float *bias = tile->weights + columns * count;
  const ptrdiff_t left = last + 1 - first, used = left < rows ? left : rows;
  for (ptrdiff_t r = 0; r < used; r++)
    UNROLL for (int c = 0; c < columns; c++) {
      results[r * columns + c] += bias[c];
      if (tile->residual) results[r * columns + c] += tile->residual[(first + r) * tile->residual_stride + c];
    }
  const epilogue *e = &tile->epilogue;
  if (e->kind != activation_identity)
    for (ptrdiff_t i = 0; i < used * columns; i += LANES)
      store(results + i, activate(e->kind, load(results + i), splat(e->a), splat(e->b)));
  for (ptrdiff_t r = 0; r < used; r++)
    UNROLL for (int c = 0; c < columns; c++)
      tile->output[(first + r) * tile->output_stride + c] = results[r * columns + c];
}

void VARIANT(f32_dot)(const igemm_tile *tile) {
  const int half = TILE_ROWS / 2;
  switch (tile->columns) {
  case 1: VARIANT(dot_rows)(tile, 0, TILE_ROWS, 1); break;
  case 2: VARIANT(dot_rows)(tile, 0, TILE_ROWS, 2); break;
  case 3:
    for (ptrdiff_t r = 0; r < tile->row_count; r += half) VARIANT(dot_rows)(tile, r, half, 3);
    break;
  case 4:
    for (ptrdiff_t r = 0; r < tile->row_count; r += half) VARIANT(dot_rows)(tile, r, half, 4);
    break;
  }
}
