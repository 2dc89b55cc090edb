// Copies between strided layouts.
#include "strided_copy.h"
#include "instruction_set.h"
#include <string.h>

static void copy(const strided_copy_arguments *s, ptrdiff_t level, const float *input, float *output) {
  const ptrdiff_t count = s->dimensions[level];
  const ptrdiff_t from = s->input_strides[level], to = s->output_strides[level];
  if (level == s->rank - 1) {
    if (from == 1 && to == 1) memcpy(output, input, (size_t)count * sizeof(float));
    else
      for (ptrdiff_t i = 0; i < count; i++) output[i * to] = input[i * from];
    return;
  }
  if (level == s->rank - 2) {
    const ptrdiff_t inner = s->dimensions[level + 1];
    const ptrdiff_t inner_from = s->input_strides[level + 1], inner_to = s->output_strides[level + 1];
    if (from == 1 && inner_to == 1 && inner_from != 1) {
      s->kernels->transpose(input, inner_from, output, to, count, inner);
      return;
    }
    if (inner_from == 1 && to == 1 && inner_to != 1) {
      s->kernels->transpose(input, from, output, inner_to, inner, count);
      return;
    }
  }
  for (ptrdiff_t i = 0; i < count; i++) copy(s, level + 1, input + i * from, output + i * to);
}

void strided_copy_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  strided_copy_arguments s = *(const strided_copy_arguments *)context;
  s.dimensions[0] = to - from;
  copy(&s, 0, s.input + from * s.input_strides[0], s.output + from * s.output_strides[0]);
}

void pad_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const pad_arguments *p = context;
  const ptrdiff_t last = p->rank - 1, width = p->dimensions[last];
  const int *columns = p->sources[last];
  for (ptrdiff_t row = from; row < to; row++) {
    ptrdiff_t rest = row, offset = 0;
    int is_constant = 0;
    for (ptrdiff_t d = last - 1; d >= 0; d--) {
      const int source = p->sources[d][rest % p->dimensions[d]];
      rest /= p->dimensions[d];
      is_constant |= source < 0;
      offset += source * p->input_strides[d];
    }
    float *output = p->output + row * width;
    if (is_constant)
      for (ptrdiff_t i = 0; i < width; i++) output[i] = p->constant;
    else
      for (ptrdiff_t i = 0; i < width; i++) output[i] = columns[i] < 0 ? p->constant : p->input[offset + columns[i]];
  }
}
