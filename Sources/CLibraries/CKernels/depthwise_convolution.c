// The walk over the output rows of a depthwise convolution.
#include "depthwise_convolution.h"
#include "instruction_set.h"

ptrdiff_t depthwise_rows_at_once(const depthwise_convolution_arguments *d) {
  const int is_square = d->kernel_height == d->kernel_width && (d->kernel_width == 3 || d->kernel_width == 5);
  const int is_dense = d->vertical_stride == 1 && d->horizontal_stride == 1 && d->vertical_dilation == 1
      && d->horizontal_dilation == 1;
  // Sums of two rows and weights of two kernel rows take 27 registers.
  return d->kernels->lanes == 16 && is_square && is_dense && d->output_width >= 4 ? 2 : 1;
}

void depthwise_convolution_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const depthwise_convolution_arguments *d = context;
  const ptrdiff_t slabs = (d->channels + d->slab - 1) / d->slab;
  const ptrdiff_t blocks = (d->output_height + d->item_rows - 1) / d->item_rows;
  const ptrdiff_t row_count = d->input_width * d->input_stride;
  const float *lines[depthwise_maximum_kernel_height + 1];
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t image = item / slabs / blocks, y = item / slabs % blocks * d->item_rows;
    const ptrdiff_t row = image * d->output_height + y, left = d->output_height - y;
    const ptrdiff_t first = y * d->vertical_stride - d->top_padding;
    depthwise_convolution_line line = {.lines = lines, .rows = left < d->item_rows ? left : d->item_rows};
    line.to_tap = d->kernel_height + line.rows - 1;
    for (ptrdiff_t tap = 0, last = line.to_tap; tap < last; tap++) {
      const ptrdiff_t y = first + tap * d->vertical_dilation;
      if (y < 0) line.from_tap = tap + 1;
      else if (y < d->input_height) lines[tap] = d->input + (image * d->input_height + y) * row_count;
      else if (line.to_tap > tap) line.to_tap = tap;
    }
    line.output = d->output + row * d->output_width * d->output_stride;
    line.residual = d->residual ? d->residual + row * d->output_width * d->residual_stride : NULL;
    line.from_channel = item % slabs * d->slab;
    line.to_channel = line.from_channel + d->slab < d->channels ? line.from_channel + d->slab : d->channels;
    d->kernels->depthwise_line(d, &line);
  }
}
