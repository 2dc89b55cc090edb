// Layer normalisation; see `layer_normalization_arguments`.
#include "normalization.h"
#include "vector.h"
#include <math.h>

void VARIANT(f32_layer_normalization_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const layer_normalization_arguments *n = context;
  const ptrdiff_t width = n->width, whole = width / LANES * LANES;
  for (ptrdiff_t row = from; row < to; row++) {
    const float *input = n->input + row * n->input_stride;
    float *output = n->output + row * n->output_stride;
    vector sum = splat(0.0f);
    for (ptrdiff_t i = 0; i < whole; i += LANES) sum += load(input + i);
    float total = sum_of_lanes(sum);
    for (ptrdiff_t i = whole; i < width; i++) total += input[i];
    const float mean = total / (float)width;
    // A second pass over the centred values: the one-pass formula cancels.
    vector squares = splat(0.0f);
    for (ptrdiff_t i = 0; i < whole; i += LANES) {
      const vector d = load(input + i) - splat(mean);
      squares = d * d + squares;
    }
    float variance = sum_of_lanes(squares);
    for (ptrdiff_t i = whole; i < width; i++) variance += (input[i] - mean) * (input[i] - mean);
    const vector factor = splat(1.0f / sqrtf(variance / (float)width + n->epsilon));
    for (ptrdiff_t i = 0; i < width; i += LANES) {
      vector y = (load(input + i) - splat(mean)) * factor;
      if (n->scale) y = y * load(n->scale + i);
      if (n->bias) y = y + load(n->bias + i);
      store_up_to(output + i, y, width - i);
    }
  }
}
