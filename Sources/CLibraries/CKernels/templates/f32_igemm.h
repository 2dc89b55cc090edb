// Indirect matrix product, TILE_ROWS x 2 vectors of columns in registers; see `igemm_tile` for the contract.
#include "convolution.h"
#include "activate.h"
#include <stdbool.h>

/// `rows` rows against `panels` * `vectors` vectors of columns that start at column `column`.
///
/// `panels` is above 1 only for single rows, which alone would leave the multipliers idle. `spacing` is the tile's.
INLINE void VARIANT(igemm_panels)(
    const igemm_tile *tile, const ptrdiff_t rows, const int spacing, const int panels, const int vectors,
    ptrdiff_t column, const float *weights, ptrdiff_t panel_count, ptrdiff_t columns) {
  const ptrdiff_t width = panels * vectors;
  vector sums[TILE_ROWS > 8 ? TILE_ROWS : 8][2];
  const register_epilogue function = prepare_epilogue(&tile->epilogue);
  const ptrdiff_t width_of_row = vectors * LANES;
  // With several panels, sums[p] belongs to panel p of the single row.
  UNROLL for (int p = 0; p < panels; p++)
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < vectors; v++)
        sums[p + r][v] = load(weights + p * panel_count + v * LANES);
  if (tile->residual) {
    UNROLL for (int p = 0; p < panels; p++)
      UNROLL for (int r = 0; r < rows; r++) {
        const float *from = tile->residual + r * tile->residual_stride + column + p * width_of_row;
        UNROLL for (int v = 0; v < vectors; v++) {
          // The second vector of the last panel may lie behind the readable tail when no column needs it.
          if (v == 0 || columns - p * width_of_row > v * LANES) sums[p + r][v] += load(from + v * LANES);
        }
      }
  }
  const float *w = weights + width_of_row;
  const ptrdiff_t depth = tile->depth;
  const float *const *pointers = tile->rows;
  for (ptrdiff_t t = tile->taps; t > 0; t--) {
    const float *a[TILE_ROWS];
    UNROLL for (int r = 0; r < (spacing ? 1 : rows); r++) a[r] = pointers[r];
    pointers += tile->row_step;
    NO_VECTORIZE for (ptrdiff_t k = 0; k < depth; k++) {
      vector b[8];
      UNROLL for (int p = 0; p < panels; p++)
        UNROLL for (int v = 0; v < vectors; v++) b[p * vectors + v] = load(w + p * panel_count + v * LANES);
      UNROLL for (int r = 0; r < rows; r++) {
        vector x = splat(spacing ? a[0][r * spacing + k] : a[r][k]);
        UNROLL for (int p = 0; p < panels; p++)
          UNROLL for (int v = 0; v < vectors; v++) sums[p + r][v] = x * b[p * vectors + v] + sums[p + r][v];
      }
      w += width_of_row;
    }
  }
  UNROLL for (int p = 0; p < panels; p++)
    UNROLL for (int r = 0; r < rows; r++) {
      const ptrdiff_t first = column + p * width_of_row;
      float *to = tile->output + r * tile->output_stride + first;
      const float *slopes = tile->epilogue.slopes;
      if (columns >= width * LANES && function.kind == activation_clamp) {
        UNROLL for (int v = 0; v < vectors; v++) store(to + v * LANES, clamp(function, sums[p + r][v]));
        continue;
      }
      UNROLL for (int v = 0; v < vectors; v++) {
        const ptrdiff_t left = columns - p * width_of_row - v * LANES;
        if (left >= LANES) store(to + v * LANES, apply_epilogue(function, sums[p + r][v], slopes, first + v * LANES));
        else if (left > 0)
          store_partial(to + v * LANES, apply_epilogue(function, sums[p + r][v], slopes, first + v * LANES), left);
      }
    }
}

INLINE void VARIANT(igemm_rows)(const igemm_tile *tile, const ptrdiff_t rows, const int spacing) {
  const ptrdiff_t elements = tile->taps * tile->depth + 1;
  const ptrdiff_t panel_count = elements * 2 * LANES;
  const float *weights = tile->weights;
  ptrdiff_t column = 0;
  if (rows == 1) {
    for (; column + 8 * LANES <= tile->columns; column += 8 * LANES) {
      VARIANT(igemm_panels)(tile, 1, 0, 4, 2, column, weights, panel_count, tile->columns - column);
      weights += 4 * panel_count;
    }
  }
  for (; column + LANES < tile->columns; column += 2 * LANES) {
    VARIANT(igemm_panels)(tile, rows, spacing, 1, 2, column, weights, panel_count, tile->columns - column);
    weights += panel_count;
  }
  if (column < tile->columns)
    VARIANT(igemm_panels)(tile, rows, spacing, 1, 1, column, weights, panel_count, tile->columns - column);
}

void VARIANT(unary_row)(const epilogue *function, const float *input, float *output, ptrdiff_t count);

void VARIANT(f32_igemm)(const igemm_tile *tile) {
  // A tile with a spacing is whole.
  switch (tile->spacing ? -tile->spacing : tile->row_count) {
  case -1: VARIANT(igemm_rows)(tile, TILE_ROWS, 1); break;
  case -2: VARIANT(igemm_rows)(tile, TILE_ROWS, 2); break;
#define ROWS(n) \
  case n: VARIANT(igemm_rows)(tile, n, 0); break;
    ROWS(1) ROWS(2) ROWS(3) ROWS(4)
#if TILE_ROWS > 4
    ROWS(5) ROWS(6)
#endif
#if TILE_ROWS > 6
    ROWS(7) ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12)
#endif
#undef ROWS
  }
  if (!is_applied_in_registers(tile->epilogue.kind)) {
    for (ptrdiff_t r = 0; r < tile->row_count; r++) {
      float *row = tile->output + r * tile->output_stride;
      VARIANT(unary_row)(&tile->epilogue, row, row, tile->columns);
    }
  }
}
