// Functions of one number over rows; see `unary_row_function`.
#include "elementwise.h"
#include "activate.h"

void VARIANT(unary_row)(const epilogue *function, const float *input, float *output, ptrdiff_t count) {
  const vector a = splat(function->a), b = splat(function->b);
  switch (function->kind) {
#define CASE(name) \
  case name: { \
    ptrdiff_t i = 0; \
    NO_VECTORIZE for (; i + LANES <= count; i += LANES) \
      store(output + i, activate(name, load(input + i), a, b)); \
    if (i < count) store_partial(output + i, activate(name, load(input + i), a, b), count - i); \
    break; \
  }
    CASE(activation_identity)
    CASE(activation_clamp)
    CASE(activation_leaky_relu)
    CASE(activation_hard_swish)
    CASE(activation_hard_sigmoid)
    CASE(activation_sigmoid)
    CASE(activation_silu)
    CASE(activation_gelu)
    CASE(activation_gelu_tanh)
    CASE(activation_tanh)
    CASE(activation_exp)
    CASE(activation_erf)
    CASE(activation_sqrt)
    CASE(activation_reciprocal)
    CASE(activation_negate)
    CASE(activation_absolute)
#undef CASE
  case activation_prelu: {
    ptrdiff_t i = 0;
    for (; i < count; i += LANES) {
      vector x = load(input + i);
      store_up_to(output + i, x < splat(0.0f) ? x * load(function->slopes + i) : x, count - i);
    }
    break;
  }
  }
}

void VARIANT(unary_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const unary_arguments *u = context;
  for (ptrdiff_t row = from; row < to; row++)
    VARIANT(unary_row)(
        &u->function, u->input + row * u->input_stride, u->output + row * u->output_stride, u->width);
}
