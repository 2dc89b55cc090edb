// Activation functions and what else happens to a result before it is stored.
#pragma once

/// A function of one number. `a` and `b` are the function's parameters.
typedef enum {
  activation_identity,
  activation_clamp,               // min(max(x, a), b)
  activation_leaky_relu,          // x < 0 ? a * x : x
  activation_hard_swish,          // x * min(max(x + 3, 0), 6) / 6
  activation_hard_sigmoid,        // min(max(a * x + b, 0), 1)
  activation_sigmoid,             // 1 / (1 + exp(-x))
  activation_silu,                // x * sigmoid(x)
  activation_gelu,                // x / 2 * (1 + erf(x / sqrt(2)))
  activation_gelu_tanh,           // x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))
  activation_tanh,
  activation_exp,
  activation_erf,
  activation_sqrt,
  activation_reciprocal,
  activation_negate,
  activation_absolute,
  activation_prelu,               // x < 0 ? slope of the channel * x : x; only in epilogues
} activation_kind;

/// What is applied to each element of a convolution's result (bias and residual included) at the store.
typedef struct {
  activation_kind kind;
  float a, b;
  /// One slope per output channel, followed by 16 readable floats; only for `activation_prelu`.
  const float *slopes;
} epilogue;
