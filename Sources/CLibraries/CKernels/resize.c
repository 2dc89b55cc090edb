// Nearest-neighbour resizing.
#include "resize.h"
#include <string.h>

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
