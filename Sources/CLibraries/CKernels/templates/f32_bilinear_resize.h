// Bilinear resizing; see `resize_arguments`.
#include "resize.h"
#include "vector.h"

void VARIANT(f32_bilinear_resize_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const resize_arguments *r = context;
  for (ptrdiff_t row = from; row < to; row++) {
    const ptrdiff_t image = row / r->output_height;
    const resize_tap vertical = r->rows[row % r->output_height];
    const float *input = r->input + image * r->input_height * r->input_width * r->input_stride;
    const float *top = input + vertical.first * r->input_width * r->input_stride;
    const float *bottom = input + vertical.second * r->input_width * r->input_stride;
    const vector down = splat(vertical.fraction), up = splat(1.0f - vertical.fraction);
    float *output = r->output + row * r->output_width * r->output_stride;
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
}
