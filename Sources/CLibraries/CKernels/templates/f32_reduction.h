// Sums, means and extrema along an axis; see `reduction_arguments`.
#include "reduction.h"
#include "vector.h"
#include <math.h>

INLINE vector VARIANT(accumulate)(reduction_kind kind, vector accumulated, vector x) {
  return kind == reduction_maximum ? maximum(x, accumulated)
      : kind == reduction_minimum  ? minimum(x, accumulated)
                                   : accumulated + x;
}

INLINE void VARIANT(reduce)(const reduction_arguments *r, reduction_kind kind, ptrdiff_t from, ptrdiff_t to) {
  const float start = kind == reduction_maximum ? -INFINITY : kind == reduction_minimum ? INFINITY : 0.0f;
  const float factor = kind == reduction_mean ? 1.0f / (float)r->axis : 1.0f;
  for (ptrdiff_t outer = from; outer < to; outer++) {
    const float *input = r->input + outer * r->axis * r->inner;
    float *output = r->output + outer * r->inner;
    if (r->inner == 1) {
      vector result = splat(start);
      const ptrdiff_t whole = r->axis / LANES * LANES;
      for (ptrdiff_t i = 0; i < whole; i += LANES) result = VARIANT(accumulate)(kind, result, load(input + i));
      float total = start;
      for (int lane = 0; lane < LANES; lane++) total = VARIANT(accumulate)(kind, splat(total), splat(result[lane]))[0];
      for (ptrdiff_t i = whole; i < r->axis; i++)
        total = VARIANT(accumulate)(kind, splat(total), splat(input[i]))[0];
      *output = total * factor;
    } else {
      for (ptrdiff_t c = 0; c < r->inner; c += LANES) {
        vector result = splat(start);
        for (ptrdiff_t i = 0; i < r->axis; i++)
          result = VARIANT(accumulate)(kind, result, load(input + i * r->inner + c));
        store_up_to(output + c, result * splat(factor), r->inner - c);
      }
    }
  }
}

void VARIANT(f32_reduction_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const reduction_arguments *r = context;
  switch (r->kind) {
  case reduction_sum: VARIANT(reduce)(r, reduction_sum, from, to); break;
  case reduction_mean: VARIANT(reduce)(r, reduction_mean, from, to); break;
  case reduction_maximum: VARIANT(reduce)(r, reduction_maximum, from, to); break;
  case reduction_minimum: VARIANT(reduce)(r, reduction_minimum, from, to); break;
  }
}
