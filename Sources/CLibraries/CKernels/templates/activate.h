#pragma once
// Activation functions on vectors; to be included after vector.h.
#include "activation.h"
#include "vector_math.h"

/// The activations that cost so little that a matrix product or convolution applies them in registers.
INLINE int is_applied_in_registers(activation_kind kind) {
  return kind == activation_identity || kind == activation_clamp || kind == activation_leaky_relu
      || kind == activation_prelu || kind == activation_hard_swish;
}

/// An epilogue as vectors, for the kinds that are applied in registers.
typedef struct {
  activation_kind kind;
  vector a, b;
} register_epilogue;

/// The identity becomes a clamp without limits, so that the commonest cases share one path.
INLINE register_epilogue prepare_epilogue(const epilogue *e) {
  if (e->kind == activation_identity || !is_applied_in_registers(e->kind))
    return (register_epilogue){activation_clamp, splat(-__builtin_inff()), splat(__builtin_inff())};
  return (register_epilogue){e->kind, splat(e->a), splat(e->b)};
}

INLINE vector clamp(register_epilogue e, vector x) { return minimum(e.b, maximum(e.a, x)); }

/// `slopes[channel]` is the first of these lanes' slopes; read for `activation_prelu` only.
INLINE vector apply_epilogue(register_epilogue e, vector x, const float *slopes, ptrdiff_t channel) {
  switch (e.kind) {
  case activation_clamp: return clamp(e, x);
  case activation_leaky_relu: return x < splat(0.0f) ? x * e.a : x;
  case activation_prelu: return x < splat(0.0f) ? x * load(slopes + channel) : x;
  case activation_hard_swish:
    return x * minimum(splat(6.0f), maximum(splat(0.0f), x + splat(3.0f))) * splat(1.0f / 6.0f);
  default: return x;
  }
}

INLINE vector activate(activation_kind kind, vector x, vector a, vector b) {
  const vector zero = splat(0.0f), one = splat(1.0f);
  switch (kind) {
  case activation_identity: case activation_prelu: return x;
  case activation_clamp: return minimum(b, maximum(a, x));
  case activation_leaky_relu: return x < zero ? x * a : x;
  case activation_hard_swish: return x * minimum(splat(6.0f), maximum(zero, x + splat(3.0f))) * splat(1.0f / 6.0f);
  case activation_hard_sigmoid: return minimum(one, maximum(zero, a * x + b));
  case activation_sigmoid: return logistic(x);
  case activation_silu: return x * logistic(x);
  case activation_gelu: return splat(0.5f) * x * (one + error_function(x * splat(0.70710678f)));
  case activation_gelu_tanh:
    return splat(0.5f) * x
        * (one + hyperbolic_tangent(splat(0.79788456f) * (x + splat(0.044715f) * x * x * x)));
  case activation_tanh: return hyperbolic_tangent(x);
  case activation_exp: return exponential(x);
  case activation_erf: return error_function(x);
  case activation_sqrt: return __builtin_elementwise_sqrt(x);
  case activation_reciprocal: return one / x;
  case activation_negate: return zero - x;
  case activation_absolute: return absolute(x);
  }
  return x;
}
