// Depthwise convolution over output rows; see `depthwise_convolution_arguments`.
//
// Eight neighbouring outputs of one vector of channels are summed in registers, kernel row by kernel row, so that
// each input vector is loaded once per kernel row. A block at an edge takes zeros for what lies outside.
#include "depthwise_convolution.h"
#include "activate.h"

void VARIANT(unary_row)(const epilogue *function, const float *input, float *output, ptrdiff_t count);

/// What all blocks of one output row and one vector of channels share.
typedef struct {
  const float *input;         // the image's first pixel, at the first channel
  const float *weights, *bias, *slopes;
  float *output;              // the output row
  const float *residual;
  ptrdiff_t first_row;        // input row of the first kernel row
  ptrdiff_t from_tap, to_tap; // kernel rows inside the image
  ptrdiff_t lanes;            // channels to store
} VARIANT(depthwise_row);

/// `count` outputs from column `x` on; `width` taps at distance `step` columns, all compile-time constants when fast.
INLINE void VARIANT(depthwise_block)(
    const depthwise_convolution_arguments *d, const VARIANT(depthwise_row) *row, const int count, const int width,
    const int stride, const int is_edge, ptrdiff_t x, register_epilogue function) {
  vector sums[8];
  const vector bias = load(row->bias);
  UNROLL for (int i = 0; i < count; i++) sums[i] = bias;
  const ptrdiff_t first = x * stride - d->left_padding;
  for (ptrdiff_t tap = row->from_tap; tap < row->to_tap; tap++) {
    const float *line =
        row->input + (row->first_row + tap * d->vertical_dilation) * d->input_width * d->input_stride;
    const float *from = line + first * d->input_stride;
    vector w[5];
    UNROLL for (int k = 0; k < width; k++) w[k] = load(row->weights + (tap * width + k) * d->channels);
    UNROLL for (int j = 0; j < (count - 1) * stride + width; j++) {
      const float *pixel = from + j * d->input_stride;
      if (is_edge) pixel = (size_t)(first + j) < (size_t)d->input_width ? pixel : d->zeros;
      const vector value = load(pixel);
      UNROLL for (int k = 0; k < width; k++)
        if (j >= k && (j - k) % stride == 0 && (j - k) / stride < count)
          sums[(j - k) / stride] = value * w[k] + sums[(j - k) / stride];
    }
  }
  UNROLL for (int i = 0; i < count; i++) {
    if (row->residual) sums[i] += load(row->residual + (x + i) * d->residual_stride);
    store_up_to(
        row->output + (x + i) * d->output_stride, apply_epilogue(function, sums[i], row->slopes), row->lanes);
  }
}

/// One output at column `x`, for any kernel.
INLINE void VARIANT(depthwise_point)(
    const depthwise_convolution_arguments *d, const VARIANT(depthwise_row) *row, ptrdiff_t x,
    register_epilogue function) {
  vector sum = load(row->bias);
  for (ptrdiff_t tap = row->from_tap; tap < row->to_tap; tap++) {
    const ptrdiff_t y = row->first_row + tap * d->vertical_dilation;
    for (ptrdiff_t k = 0; k < d->kernel_width; k++) {
      const ptrdiff_t column = x * d->horizontal_stride + k * d->horizontal_dilation - d->left_padding;
      if ((size_t)column >= (size_t)d->input_width) continue;
      sum = load(row->input + (y * d->input_width + column) * d->input_stride)
              * load(row->weights + (tap * d->kernel_width + k) * d->channels)
          + sum;
    }
  }
  if (row->residual) sum += load(row->residual + x * d->residual_stride);
  store_up_to(row->output + x * d->output_stride, apply_epilogue(function, sum, row->slopes), row->lanes);
}

/// The columns of one output row; the last block overlaps the one before.
INLINE void VARIANT(depthwise_columns)(
    const depthwise_convolution_arguments *d, const VARIANT(depthwise_row) *row, const int width, const int stride,
    register_epilogue function) {
  const ptrdiff_t columns = d->output_width;
#define BLOCKS(count) \
  for (ptrdiff_t x = 0; x < columns; x += count) { \
    if (x + count > columns) x = columns - count; \
    const ptrdiff_t first = x * stride - d->left_padding; \
    const int is_edge = first < 0 || first + (count - 1) * stride + width > d->input_width; \
    if (is_edge) VARIANT(depthwise_block)(d, row, count, width, stride, 1, x, function); \
    else VARIANT(depthwise_block)(d, row, count, width, stride, 0, x, function); \
  }
  if (columns >= 8) { BLOCKS(8) }
  else if (columns >= 4) { BLOCKS(4) }
  else { BLOCKS(1) }
#undef BLOCKS
}

INLINE void VARIANT(depthwise_slab)(
    const depthwise_convolution_arguments *d, ptrdiff_t output_row, ptrdiff_t from_channel, ptrdiff_t to_channel) {
  const ptrdiff_t image = output_row / d->output_height, y = output_row % d->output_height;
  const ptrdiff_t first_row = y * d->vertical_stride - d->top_padding;
  VARIANT(depthwise_row) row = {.first_row = first_row, .from_tap = 0, .to_tap = d->kernel_height};
  while (row.from_tap < row.to_tap && first_row + row.from_tap * d->vertical_dilation < 0) row.from_tap++;
  while (row.to_tap > row.from_tap && first_row + (row.to_tap - 1) * d->vertical_dilation >= d->input_height)
    row.to_tap--;
  const register_epilogue function = prepare_epilogue(&d->epilogue);
  for (ptrdiff_t channel = from_channel; channel < to_channel; channel += LANES) {
    // The last vector overlaps the one before rather than being partial, unless this thread writes neither.
    ptrdiff_t c = channel;
    if (c + LANES > to_channel && to_channel - LANES >= from_channel) c = to_channel - LANES;
    row.input = d->input + image * d->input_height * d->input_width * d->input_stride + c;
    row.weights = d->weights + c;
    row.bias = d->bias + c;
    row.slopes = d->epilogue.slopes + c;
    row.output = d->output + output_row * d->output_width * d->output_stride + c;
    row.residual = d->residual ? d->residual + output_row * d->output_width * d->residual_stride + c : 0;
    row.lanes = to_channel - c;
    const int is_fast = d->horizontal_dilation == 1;
    if (is_fast && d->kernel_width == 3 && d->horizontal_stride == 1)
      VARIANT(depthwise_columns)(d, &row, 3, 1, function);
    else if (is_fast && d->kernel_width == 3 && d->horizontal_stride == 2)
      VARIANT(depthwise_columns)(d, &row, 3, 2, function);
    else if (is_fast && d->kernel_width == 5 && d->horizontal_stride == 1)
      VARIANT(depthwise_columns)(d, &row, 5, 1, function);
    else if (is_fast && d->kernel_width == 5 && d->horizontal_stride == 2)
      VARIANT(depthwise_columns)(d, &row, 5, 2, function);
    else
      for (ptrdiff_t x = 0; x < d->output_width; x++) VARIANT(depthwise_point)(d, &row, x, function);
  }
  if (!is_applied_in_registers(d->epilogue.kind)) {
    float *line = d->output + output_row * d->output_width * d->output_stride + from_channel;
    for (ptrdiff_t x = 0; x < d->output_width; x++)
      VARIANT(unary_row)(
          &d->epilogue, line + x * d->output_stride, line + x * d->output_stride, to_channel - from_channel);
  }
}

void VARIANT(f32_depthwise_convolution_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const depthwise_convolution_arguments *d = context;
  const ptrdiff_t slabs = (d->channels + d->slab - 1) / d->slab;
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t first = item % slabs * d->slab;
    const ptrdiff_t end = first + d->slab < d->channels ? first + d->slab : d->channels;
    VARIANT(depthwise_slab)(d, item / slabs, first, end);
  }
}
