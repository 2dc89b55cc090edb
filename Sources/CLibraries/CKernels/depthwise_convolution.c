// The walk over the output rows of a depthwise convolution.
#include "depthwise_convolution.h"
#include "instruction_set.h"

void depthwise_convolution_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const depthwise_convolution_arguments *d = context;
  const ptrdiff_t slabs = (d->channels + d->slab - 1) / d->slab;
  const ptrdiff_t row_count = d->input_width * d->input_stride;
  const float *lines[depthwise_maximum_kernel_height];
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t row = item / slabs, image = row / d->output_height;
    const ptrdiff_t first = row % d->output_height * d->vertical_stride - d->top_padding;
    depthwise_convolution_line line = {.lines = lines, .to_tap = d->kernel_height};
    for (ptrdiff_t tap = 0; tap < d->kernel_height; tap++) {
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
