// Inverted residual blocks in one pass; see inverted_residual.h.
#include "inverted_residual.h"
#include "instruction_set.h"

enum { readable_tail = 16 };

ptrdiff_t inverted_residual_scratch_count(const inverted_residual_arguments *a) {
  const depthwise_convolution_arguments *d = &a->depthwise;
  const ptrdiff_t count =
      (d->kernel_height * d->input_width + d->output_width) * d->channels + 2 * readable_tail;
  return (count + 15) / 16 * 16;
}

/// Runs a pointwise convolution over one row of pixels.
static void run_row(const convolution_arguments *convolution, const float *input, float *output,
                    const float *residual) {
  convolution_arguments row = *convolution;
  row.input = input;
  row.output = output;
  row.residual = residual;
  row.row_block = (row.rows + row.kernels->tile_rows - 1) / row.kernels->tile_rows * row.kernels->tile_rows;
  row.column_block = row.group_columns;
  pointwise_convolution_task(&row, 0, 1, 0);
}

void inverted_residual_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  const inverted_residual_arguments *a = context;
  const depthwise_convolution_arguments *d = &a->depthwise;
  float *ring = a->scratch + worker * inverted_residual_scratch_count(a);
  const ptrdiff_t wide_row = d->input_width * d->channels;
  float *line = ring + d->kernel_height * wide_row + readable_tail;
  convolution_arguments expand = a->expand, project = a->project;
  expand.rows = d->input_width;
  project.rows = d->output_width;
  const float *lines[depthwise_maximum_kernel_height];
  // The wide rows present in the ring are those of `image` below `next`; row y lies at y modulo the kernel's height.
  ptrdiff_t image = -1, next = 0;
  for (ptrdiff_t row = from; row < to; row++) {
    const ptrdiff_t first = row % d->output_height * d->vertical_stride - d->top_padding;
    if (row / d->output_height != image) {
      image = row / d->output_height;
      next = 0;
    }
    depthwise_convolution_line job = {
        .lines = lines, .to_tap = d->kernel_height, .output = line, .to_channel = d->channels};
    for (ptrdiff_t tap = 0; tap < d->kernel_height; tap++) {
      const ptrdiff_t y = first + tap;
      if (y < 0) {
        job.from_tap = tap + 1;
        continue;
      }
      if (y >= d->input_height) {
        if (job.to_tap > tap) job.to_tap = tap;
        continue;
      }
      float *wide = ring + y % d->kernel_height * wide_row;
      lines[tap] = wide;
      if (y >= next) {
        const ptrdiff_t pixel = (image * d->input_height + y) * d->input_width;
        run_row(&expand, a->expand.input + pixel * a->expand.input_stride, wide, NULL);
        next = y + 1;
      }
    }
    d->kernels->depthwise_line(d, &job);
    const ptrdiff_t pixel = row * d->output_width;
    run_row(
        &project, line, a->project.output + pixel * a->project.output_stride,
        a->project.residual ? a->project.residual + pixel * a->project.residual_stride : NULL);
  }
}
