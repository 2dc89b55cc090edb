// Transposition in square blocks of registers; see `transpose_function`.
#include "vector.h"

#if LANES == 16
#define LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif LANES == 8
#define LOW 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH 4, 12, 5, 13, 6, 14, 7, 15
#else
#define LOW 0, 4, 1, 5
#define HIGH 2, 6, 3, 7
#endif

/// Each round turns the bits of (row, lane) by one place; as many rounds as a row has bits exchange the two.
INLINE void VARIANT(transpose_block)(vector rows[LANES]) {
  UNROLL for (int bit = 1; bit < LANES; bit *= 2) {
    vector turned[LANES];
    UNROLL for (int i = 0; i < LANES / 2; i++) {
      turned[2 * i] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], LOW);
      turned[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], HIGH);
    }
    UNROLL for (int i = 0; i < LANES; i++) rows[i] = turned[i];
  }
}

void VARIANT(f32_transpose)(
    const float *input, ptrdiff_t in_column, float *output, ptrdiff_t out_row, ptrdiff_t rows, ptrdiff_t columns) {
  ptrdiff_t c = 0;
  for (; c + LANES <= columns; c += LANES)
    for (ptrdiff_t r = 0; r < rows; r += LANES) {
      vector block[LANES];
      UNROLL for (int i = 0; i < LANES; i++) block[i] = load(input + r + (c + i) * in_column);
      VARIANT(transpose_block)(block);
      float *to = output + r * out_row + c;
      const ptrdiff_t count = rows - r;
      if (count >= LANES) {
        UNROLL for (int i = 0; i < LANES; i++) store(to + i * out_row, block[i]);
      } else {
        // A constant bound, so that the block stays in registers.
        UNROLL for (int i = 0; i < LANES; i++)
          if (i < count) store(to + i * out_row, block[i]);
      }
    }
  for (ptrdiff_t r = 0; r < rows; r++)
    for (ptrdiff_t last = c; last < columns; last++) output[r * out_row + last] = input[r + last * in_column];
}

#undef LOW
#undef HIGH
