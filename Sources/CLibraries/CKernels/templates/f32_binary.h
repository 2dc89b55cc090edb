// Functions of two tensors with broadcasting; see `binary_arguments`.
#include "elementwise.h"
#include "activate.h"
#include <math.h>

INLINE vector VARIANT(combine)(binary_operation operation, vector x, vector y) {
  switch (operation) {
  case binary_add: return x + y;
  case binary_subtract: return x - y;
  case binary_multiply: return x * y;
  case binary_divide: return x / y;
  case binary_maximum: return maximum(x, y);
  case binary_minimum: return minimum(x, y);
  case binary_power: {
    vector z = x;
    for (int lane = 0; lane < LANES; lane++) z[lane] = powf(x[lane], y[lane]);
    return z;
  }
  }
  return x;
}

INLINE void VARIANT(binary_row)(
    binary_operation operation, const float *left, ptrdiff_t left_step, const float *right, ptrdiff_t right_step,
    float *output, ptrdiff_t width, register_epilogue function) {
  const vector x0 = splat(*left), y0 = splat(*right);
  ptrdiff_t i = 0;
#define LOOP(x, y) \
  NO_VECTORIZE for (; i + LANES <= width; i += LANES) \
    store(output + i, apply_epilogue(function, VARIANT(combine)(operation, x, y), 0, 0)); \
  if (i < width) \
    store_partial(output + i, apply_epilogue(function, VARIANT(combine)(operation, x, y), 0, 0), width - i);
  if (left_step && right_step) { LOOP(load(left + i), load(right + i)) }
  else if (left_step) { LOOP(load(left + i), y0) }
  else if (right_step) { LOOP(x0, load(right + i)) }
  else { LOOP(x0, y0) }
#undef LOOP
}

void VARIANT(unary_row)(const epilogue *function, const float *input, float *output, ptrdiff_t count);

INLINE void VARIANT(binary_rows)(
    const binary_arguments *b, binary_operation operation, activation_kind kind, ptrdiff_t from, ptrdiff_t to) {
  const int in_registers = is_applied_in_registers(b->function.kind);
  register_epilogue function = prepare_epilogue(&b->function);
  function.kind = kind;
  ptrdiff_t index[elementwise_maximum_rank] = {0};
  ptrdiff_t left = 0, right = 0, output = 0, rest = from;
  for (ptrdiff_t d = b->rank - 1; d >= 0; d--) {
    index[d] = rest % b->dimensions[d];
    rest /= b->dimensions[d];
    left += index[d] * b->left_strides[d];
    right += index[d] * b->right_strides[d];
    output += index[d] * b->output_strides[d];
  }
  for (ptrdiff_t row = from; row < to; row++) {
    float *to_row = b->output + output;
    VARIANT(binary_row)(
        operation, b->left + left, b->left_step, b->right + right, b->right_step, to_row, b->width, function);
    if (!in_registers) VARIANT(unary_row)(&b->function, to_row, to_row, b->width);
    for (ptrdiff_t d = b->rank - 1; d >= 0; d--) {
      left += b->left_strides[d];
      right += b->right_strides[d];
      output += b->output_strides[d];
      if (++index[d] < b->dimensions[d]) break;
      left -= b->left_strides[d] * b->dimensions[d];
      right -= b->right_strides[d] * b->dimensions[d];
      output -= b->output_strides[d] * b->dimensions[d];
      index[d] = 0;
    }
  }
}

void VARIANT(f32_binary_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const binary_arguments *b = context;
  const activation_kind kind =
      is_applied_in_registers(b->function.kind) ? b->function.kind : activation_identity;
  switch (b->operation) {
#define CASE(name) \
  case name: \
    if (kind == activation_identity) VARIANT(binary_rows)(b, name, activation_identity, from, to); \
    else VARIANT(binary_rows)(b, name, kind, from, to); \
    break;
    CASE(binary_add)
    CASE(binary_subtract)
    CASE(binary_multiply)
    CASE(binary_divide)
    CASE(binary_maximum)
    CASE(binary_minimum)
    CASE(binary_power)
#undef CASE
  }
}
