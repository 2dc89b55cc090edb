// Bilinear resizing; see `resize_arguments`.
#include "resize.h"
#include "vector.h"

void VARIANT(f32_bilinear_resize_row)(
    const resize_arguments *r, const float *top, const float *bottom, float fraction, float *output) {
  const vector down = splat(fraction), up = splat(1.0f - fraction);
  for (ptrdiff_t x = 0; x < r->output_width; x++, output += r->output_stride) {
    const resize_tap tap = r->columns[x];
    const ptrdiff_t left = tap.first * r->input_stride, right = tap.second * r->input_stride;
    const vector east = splat(tap.fraction), west = splat(1.0f - tap.fraction);
    for (ptrdiff_t c = 0; c < r->channels; c += LANES) {
      const vector a = load(top + left + c) * west + load(top + right + c) * east;
      const vector b = load(bottom + left + c) * west + load(bottom + right + c) * east;
      store_up_to(output + c, a * up + b * down, r->channels - c);
    }
  }
}
