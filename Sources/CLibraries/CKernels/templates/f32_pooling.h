// Average and maximum pooling; see `pooling_arguments`.
#include "pooling.h"
#include "vector.h"
#include <math.h>

INLINE void VARIANT(pooling_point)(
    const pooling_arguments *p, const float *image, float *output, ptrdiff_t first_row, ptrdiff_t first_column,
    const int takes_maximum) {
  const ptrdiff_t vd = p->vertical_dilation, hd = p->horizontal_dilation;
  ptrdiff_t y0 = 0, y1 = p->kernel_height, x0 = 0, x1 = p->kernel_width;
  while (y0 < y1 && first_row + y0 * vd < 0) y0++;
  while (y1 > y0 && first_row + (y1 - 1) * vd >= p->input_height) y1--;
  while (x0 < x1 && first_column + x0 * hd < 0) x0++;
  while (x1 > x0 && first_column + (x1 - 1) * hd >= p->input_width) x1--;
  ptrdiff_t size = (y1 - y0) * (x1 - x0);
  if (p->counts_padding) {
    // What a ceiling mode adds behind the bottom and right padding does not count.
    ptrdiff_t height = p->input_height + p->bottom_padding - first_row;
    ptrdiff_t width = p->input_width + p->right_padding - first_column;
    if (height > p->kernel_height) height = p->kernel_height;
    if (width > p->kernel_width) width = p->kernel_width;
    size = height * width;
  }
  const vector scale = splat(1.0f / (float)size);
  for (ptrdiff_t c = 0; c < p->channels; c += LANES) {
    vector result = takes_maximum ? splat(-INFINITY) : splat(0.0f);
    for (ptrdiff_t y = y0; y < y1; y++) {
      const float *from =
          image + ((first_row + y * vd) * p->input_width + first_column + x0 * hd) * p->input_stride + c;
      for (ptrdiff_t x = x0; x < x1; x++, from += hd * p->input_stride)
        result = takes_maximum ? maximum(load(from), result) : result + load(from);
    }
    if (!takes_maximum) result = result * scale;
    store_up_to(output + c, result, p->channels - c);
  }
}

void VARIANT(f32_pooling_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const pooling_arguments *p = context;
  for (ptrdiff_t row = from; row < to; row++) {
    const ptrdiff_t image = row / p->output_height, y = row % p->output_height;
    const float *input = p->input + image * p->input_height * p->input_width * p->input_stride;
    float *output = p->output + row * p->output_width * p->output_stride;
    const ptrdiff_t first_row = y * p->vertical_stride - p->top_padding;
    for (ptrdiff_t x = 0; x < p->output_width; x++) {
      const ptrdiff_t first_column = x * p->horizontal_stride - p->left_padding;
      if (p->takes_maximum)
        VARIANT(pooling_point)(p, input, output + x * p->output_stride, first_row, first_column, 1);
      else VARIANT(pooling_point)(p, input, output + x * p->output_stride, first_row, first_column, 0);
    }
  }
}

void VARIANT(f32_global_pooling_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const pooling_arguments *p = context;
  const ptrdiff_t slabs = (p->channels + p->slab - 1) / p->slab, pixels = p->input_height * p->input_width;
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t image = item / slabs, first = item % slabs * p->slab;
    const ptrdiff_t end = first + p->slab < p->channels ? first + p->slab : p->channels;
    const float *input = p->input + image * pixels * p->input_stride;
    float *output = p->output + image * p->output_stride;
    for (ptrdiff_t c = first; c < end; c += 4 * LANES) {
      // Four vectors at once; those behind the end repeat the last one.
      vector results[4];
      const float *starts[4];
      UNROLL for (int v = 0; v < 4; v++) {
        const ptrdiff_t channel = c + v * LANES;
        starts[v] = input + (channel < end ? channel : c);
        results[v] = p->takes_maximum ? splat(-INFINITY) : splat(0.0f);
      }
      if (p->takes_maximum)
        NO_VECTORIZE for (ptrdiff_t i = 0; i < pixels; i++)
          UNROLL for (int v = 0; v < 4; v++) results[v] = maximum(load(starts[v] + i * p->input_stride), results[v]);
      else
        NO_VECTORIZE for (ptrdiff_t i = 0; i < pixels; i++)
          UNROLL for (int v = 0; v < 4; v++) results[v] += load(starts[v] + i * p->input_stride);
      UNROLL for (int v = 0; v < 4; v++) {
        const ptrdiff_t channel = c + v * LANES;
        if (!p->takes_maximum) results[v] = results[v] / splat((float)pixels);
        if (channel < end) store_up_to(output + channel, results[v], end - channel);
      }
    }
  }
}
