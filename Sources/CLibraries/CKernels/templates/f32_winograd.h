// The transforms of Winograd's convolution F(4x4, 3x3); see winograd.h.
#include "winograd.h"
#include "activate.h"

/// B^T d for six neighbours along an axis.
INLINE void VARIANT(transform_patch)(const vector d[6], vector t[6]) {
  const vector two = splat(2.0f), four = splat(4.0f), five = splat(5.0f);
  const vector even = d[4] - four * d[2], odd = d[3] - four * d[1];
  const vector outer = d[4] - d[2], inner = two * (d[3] - d[1]);
  t[0] = four * d[0] - five * d[2] + d[4];
  t[1] = even + odd;
  t[2] = even - odd;
  t[3] = outer + inner;
  t[4] = outer - inner;
  t[5] = four * d[1] - five * d[3] + d[5];
}

/// A^T m for six products along an axis.
INLINE void VARIANT(transform_products)(const vector m[6], vector t[4]) {
  const vector sum = m[1] + m[2], difference = m[1] - m[2];
  const vector wide_sum = m[3] + m[4], wide_difference = m[3] - m[4];
  t[0] = m[0] + sum + wide_sum;
  t[1] = difference + splat(2.0f) * wide_difference;
  t[2] = sum + splat(4.0f) * wide_sum;
  t[3] = difference + splat(8.0f) * wide_difference + m[5];
}

void VARIANT(f32_winograd_input)(
    const float *const *pixels, ptrdiff_t channels, float *output, ptrdiff_t position_stride) {
  NO_VECTORIZE for (ptrdiff_t c = 0; c < channels; c += LANES) {
    vector rows[6][6];
    UNROLL for (int x = 0; x < 6; x++) {
      vector column[6], transformed[6];
      UNROLL for (int y = 0; y < 6; y++) column[y] = load(pixels[y * 6 + x] + c);
      VARIANT(transform_patch)(column, transformed);
      UNROLL for (int y = 0; y < 6; y++) rows[y][x] = transformed[y];
    }
    UNROLL for (int y = 0; y < 6; y++) {
      vector transformed[6];
      VARIANT(transform_patch)(rows[y], transformed);
      UNROLL for (int x = 0; x < 6; x++) store(output + (y * 6 + x) * position_stride + c, transformed[x]);
    }
  }
}

typedef double VARIANT(doubles) __attribute__((ext_vector_type(LANES)));

/// G g for three weights along an axis.
INLINE void VARIANT(transform_weights)(const VARIANT(doubles) w[3], VARIANT(doubles) t[6]) {
  const VARIANT(doubles) a = w[0], b = w[1], c = w[2];
  const VARIANT(doubles) outer = (a + c) * (-1.0 / 6), middle = b * (1.0 / 6);
  const VARIANT(doubles) wide = a * (1.0 / 24) + c * (1.0 / 6), tilt = b * (1.0 / 12);
  t[0] = a * 0.25;
  t[1] = outer - middle;
  t[2] = outer + middle;
  t[3] = wide + tilt;
  t[4] = wide - tilt;
  t[5] = c;
}

void VARIANT(f32_winograd_weights)(
    const float *source, ptrdiff_t inputs, ptrdiff_t columns, float *output, ptrdiff_t row_stride,
    ptrdiff_t position_stride) {
  float taps[9][LANES] = {{0.0f}};
  for (ptrdiff_t i = 0; i < inputs; i++, output += row_stride) {
    for (ptrdiff_t c = 0; c < columns; c++) {
      const float *nine = source + (c * inputs + i) * 9;
      UNROLL for (int k = 0; k < 9; k++) taps[k][c] = nine[k];
    }
    VARIANT(doubles) rows[6][3];
    UNROLL for (int x = 0; x < 3; x++) {
      VARIANT(doubles) weights[3], column[6];
      UNROLL for (int y = 0; y < 3; y++)
        weights[y] = __builtin_convertvector(load(taps[y * 3 + x]), VARIANT(doubles));
      VARIANT(transform_weights)(weights, column);
      UNROLL for (int y = 0; y < 6; y++) rows[y][x] = column[y];
    }
    UNROLL for (int y = 0; y < 6; y++) {
      VARIANT(doubles) line[6];
      VARIANT(transform_weights)(rows[y], line);
      UNROLL for (int x = 0; x < 6; x++)
        store(output + (y * 6 + x) * position_stride, __builtin_convertvector(line[x], vector));
    }
  }
}

void VARIANT(unary_row)(const epilogue *function, const float *input, float *output, ptrdiff_t count);

void VARIANT(f32_winograd_output)(
    const float *products, ptrdiff_t position_stride, ptrdiff_t channels, const float *bias,
    const epilogue *function, const winograd_results *results) {
  const register_epilogue prepared = prepare_epilogue(function);
  NO_VECTORIZE for (ptrdiff_t c = 0; c < channels; c += LANES) {
    const vector base = load(bias + c);
    vector rows[4][6];
    UNROLL for (int x = 0; x < 6; x++) {
      vector column[6], transformed[4];
      UNROLL for (int y = 0; y < 6; y++) column[y] = load(products + (y * 6 + x) * position_stride + c);
      VARIANT(transform_products)(column, transformed);
      UNROLL for (int y = 0; y < 4; y++) rows[y][x] = transformed[y];
    }
    UNROLL for (int y = 0; y < 4; y++) {
      vector line[4];
      VARIANT(transform_products)(rows[y], line);
      UNROLL for (int x = 0; x < 4; x++) {
        float *to = results->outputs[y * 4 + x];
        if (!to) continue;
        vector sum = line[x] + base;
        const float *residual = results->residuals[y * 4 + x];
        if (residual) sum += load(residual + c);
        store_up_to(to + c, apply_epilogue(prepared, sum, function->slopes, c), channels - c);
      }
    }
  }
  if (is_applied_in_registers(function->kind)) return;
  for (int i = 0; i < winograd_tile * winograd_tile; i++)
    if (results->outputs[i]) VARIANT(unary_row)(function, results->outputs[i], results->outputs[i], channels);
}
