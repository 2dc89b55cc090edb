// Softmax; see `softmax_arguments`.
#include "normalization.h"
#include "vector_math.h"
#include <math.h>

INLINE void VARIANT(softmax_row)(const float *input, float *output, ptrdiff_t count) {
  vector greatest = splat(-INFINITY);
  const ptrdiff_t whole = count / LANES * LANES;
  for (ptrdiff_t i = 0; i < whole; i += LANES) greatest = maximum(load(input + i), greatest);
  float top = -INFINITY;
  for (int lane = 0; lane < LANES; lane++) top = greatest[lane] > top ? greatest[lane] : top;
  for (ptrdiff_t i = whole; i < count; i++) top = input[i] > top ? input[i] : top;
  vector sum = splat(0.0f);
  for (ptrdiff_t i = 0; i < whole; i += LANES) {
    const vector e = exponential(load(input + i) - splat(top));
    sum += e;
    store(output + i, e);
  }
  float total = sum_of_lanes(sum);
  if (whole < count) {
    const vector e = exponential(load(input + whole) - splat(top));
    for (ptrdiff_t i = 0; i < count - whole; i++) total += e[i];
    store_partial(output + whole, e, count - whole);
  }
  const vector scale = splat(1.0f / total);
  for (ptrdiff_t i = 0; i < whole; i += LANES) store(output + i, load(output + i) * scale);
  for (ptrdiff_t i = whole; i < count; i++) output[i] *= scale[0];
}

/// One vector of columns of [axis, inner].
INLINE void VARIANT(softmax_columns)(
    const float *input, float *output, ptrdiff_t axis, ptrdiff_t inner, ptrdiff_t lanes) {
  vector top = splat(-INFINITY), sum = splat(0.0f);
  for (ptrdiff_t i = 0; i < axis; i++) top = maximum(load(input + i * inner), top);
  for (ptrdiff_t i = 0; i < axis; i++) {
    const vector e = exponential(load(input + i * inner) - top);
    sum += e;
    store_up_to(output + i * inner, e, lanes);
  }
  for (ptrdiff_t i = 0; i < axis; i++)
    store_up_to(output + i * inner, load(output + i * inner) / sum, lanes);
}

void VARIANT(f32_softmax_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const softmax_arguments *s = context;
  for (ptrdiff_t outer = from; outer < to; outer++) {
    const float *input = s->input + outer * s->input_stride;
    float *output = s->output + outer * s->output_stride;
    if (s->inner == 1) VARIANT(softmax_row)(input, output, s->axis);
    else
      for (ptrdiff_t c = 0; c < s->inner; c += LANES)
        VARIANT(softmax_columns)(input + c, output + c, s->axis, s->inner, s->inner - c);
  }
}
