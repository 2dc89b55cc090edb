// Resizing, row by row.
#include "resize.h"
#include "instruction_set.h"
#include <string.h>

static void resize_row(const resize_arguments *r, ptrdiff_t row, float *output) {
  const resize_tap tap = r->rows[row % r->output_height];
  const ptrdiff_t line = r->input_width * r->input_stride;
  const float *input = r->input + row / r->output_height * r->input_height * line;
  r->kernels->bilinear_resize_row(r, input + tap.first * line, input + tap.second * line, tap.fraction, output);
}

void bilinear_resize_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const resize_arguments *r = context;
  for (ptrdiff_t row = from; row < to; row++)
    resize_row(r, row, r->output + row * r->output_width * r->output_stride);
}

void planar_bilinear_resize_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  const resize_arguments *r = context;
  const ptrdiff_t plane = r->output_height * r->output_width;
  float *pixels = r->scratch + worker * r->output_width * r->output_stride;
  for (ptrdiff_t row = from; row < to; row++) {
    const ptrdiff_t image = row / r->output_height;
    resize_row(r, row, pixels);
    r->kernels->transpose(
        pixels, r->output_stride,
        r->output + image * r->channels * plane + row % r->output_height * r->output_width, plane, r->channels,
        r->output_width);
  }
}

void nearest_resize_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const resize_arguments *r = context;
  for (ptrdiff_t row = from; row < to; row++) {
    const ptrdiff_t image = row / r->output_height;
    const float *line = r->input
        + (image * r->input_height + r->rows[row % r->output_height].first) * r->input_width * r->input_stride;
    float *output = r->output + row * r->output_width * r->output_stride;
    for (ptrdiff_t x = 0; x < r->output_width; x++)
      memcpy(
          output + x * r->output_stride, line + r->columns[x].first * r->input_stride,
          (size_t)r->channels * sizeof(float));
  }
}
