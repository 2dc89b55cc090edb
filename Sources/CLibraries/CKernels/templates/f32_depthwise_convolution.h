// Depthwise convolution over output rows; see `depthwise_convolution_arguments`.
//
// Eight neighbouring outputs of one vector of channels are summed in registers, kernel row by kernel row, so that
// each input vector is loaded once per kernel row. All channels of these outputs follow before the next eight, which
// walks memory in order. A block at an edge masks what lies outside.
#include "depthwise_convolution.h"
#include "activate.h"

void VARIANT(unary_row)(const epilogue *function, const float *input, float *output, ptrdiff_t count);

/// One output row and the channels of one slab.
typedef struct {
  const float *const *lines;  // for each kernel row, the first pixel of the input row it reads
  ptrdiff_t from_tap, to_tap; // kernel rows inside the image
  float *output;              // the output row
  const float *residual;      // the residual's row, or null
  ptrdiff_t from_channel, to_channel;
  register_epilogue function;
} VARIANT(depthwise_row);

/// Where a block at an edge reads: for each input column, its distance from the first, clamped to the image, and
/// whether it counts.
typedef struct {
  ptrdiff_t offsets[19];
  integers masks[19];
} VARIANT(depthwise_edge);

/// `count` outputs from column `x` on, of the channels from `c` on. `edge` is null
/// inside the image. `count`, `width`, `stride` and whether `edge` is null are constants where this is inlined.
INLINE void VARIANT(depthwise_block)(
    const depthwise_convolution_arguments *d, const VARIANT(depthwise_row) *row, const int count, const int width,
    const int stride, const VARIANT(depthwise_edge) *edge, ptrdiff_t x, ptrdiff_t c) {
  vector sums[8];
  const vector bias = load(d->bias + c);
  UNROLL for (int i = 0; i < count; i++) sums[i] = bias;
  const ptrdiff_t first = x * stride - d->left_padding;
  const ptrdiff_t step = d->input_stride, offset = first * step + c;
  const float *weights = d->weights + row->from_tap * width * d->channels + c;
  for (ptrdiff_t tap = row->from_tap; tap < row->to_tap; tap++, weights += width * d->channels) {
    const float *from = row->lines[tap] + offset;
    vector w[5];
    UNROLL for (int k = 0; k < width; k++) w[k] = load(weights + k * d->channels);
    UNROLL for (int j = 0; j < (count - 1) * stride + width; j++) {
      vector value = load(from + (edge ? edge->offsets[j] : j * step));
      if (edge) value = __builtin_bit_cast(vector, __builtin_bit_cast(integers, value) & edge->masks[j]);
      UNROLL for (int k = 0; k < width; k++)
        if (j >= k && (j - k) % stride == 0 && (j - k) / stride < count)
          sums[(j - k) / stride] = value * w[k] + sums[(j - k) / stride];
    }
  }
  float *to = row->output + x * d->output_stride + c;
  if (row->residual)
    UNROLL for (int i = 0; i < count; i++) sums[i] += load(row->residual + (x + i) * d->residual_stride + c);
  const ptrdiff_t lanes = row->to_channel - c;
  if (lanes >= LANES && row->function.kind == activation_clamp)
    UNROLL for (int i = 0; i < count; i++) store(to + i * d->output_stride, clamp(row->function, sums[i]));
  else
    UNROLL for (int i = 0; i < count; i++)
      store_up_to(
          to + i * d->output_stride, apply_epilogue(row->function, sums[i], d->epilogue.slopes, c), lanes);
}

/// `count` outputs from column `x` on, of the channels from `c` on, in two rows at once: what is loaded serves both.
/// `width` is the kernel's height too; its strides are 1.
INLINE void VARIANT(depthwise_pair_block)(
    const depthwise_convolution_arguments *d, const VARIANT(depthwise_row) *row, const int count, const int width,
    const VARIANT(depthwise_edge) *edge, ptrdiff_t x, ptrdiff_t c) {
  vector upper[8], lower[8];
  const vector bias = load(d->bias + c);
  UNROLL for (int i = 0; i < count; i++) upper[i] = lower[i] = bias;
  const ptrdiff_t step = d->input_stride, offset = (x - d->left_padding) * step + c, channels = d->channels;
  const float *weights = d->weights + c;
  UNROLL for (int tap = 0; tap <= width; tap++) {
    if (tap < row->from_tap || tap >= row->to_tap) continue;
    const float *from = row->lines[tap] + offset;
    vector u[5], l[5];
    UNROLL for (int k = 0; k < width; k++) {
      if (tap < width) u[k] = load(weights + (tap * width + k) * channels);
      if (tap > 0) l[k] = load(weights + ((tap - 1) * width + k) * channels);
    }
    UNROLL for (int j = 0; j < count - 1 + width; j++) {
      vector value = load(from + (edge ? edge->offsets[j] : j * step));
      if (edge) value = __builtin_bit_cast(vector, __builtin_bit_cast(integers, value) & edge->masks[j]);
      UNROLL for (int k = 0; k < width; k++) {
        if (j < k || j - k >= count) continue;
        if (tap < width) upper[j - k] = value * u[k] + upper[j - k];
        if (tap > 0) lower[j - k] = value * l[k] + lower[j - k];
      }
    }
  }
  const ptrdiff_t lanes = row->to_channel - c;
  UNROLL for (int r = 0; r < 2; r++) {
    const vector *sums = r == 0 ? upper : lower;
    float *to = row->output + (r * d->output_width + x) * d->output_stride + c;
    const float *residual = row->residual;
    if (residual) residual += (r * d->output_width + x) * d->residual_stride + c;
    UNROLL for (int i = 0; i < count; i++) {
      const vector sum = residual ? sums[i] + load(residual + i * d->residual_stride) : sums[i];
      if (lanes >= LANES && row->function.kind == activation_clamp)
        store(to + i * d->output_stride, clamp(row->function, sum));
      else
        store_up_to(
            to + i * d->output_stride, apply_epilogue(row->function, sum, d->epilogue.slopes, c), lanes);
    }
  }
}

/// One output at column `x`, for any kernel.
INLINE void VARIANT(depthwise_point)(
    const depthwise_convolution_arguments *d, const VARIANT(depthwise_row) *row, ptrdiff_t x, ptrdiff_t c) {
  vector sum = load(d->bias + c);
  for (ptrdiff_t tap = row->from_tap; tap < row->to_tap; tap++) {
    for (ptrdiff_t k = 0; k < d->kernel_width; k++) {
      const ptrdiff_t column = x * d->horizontal_stride + k * d->horizontal_dilation - d->left_padding;
      if ((size_t)column >= (size_t)d->input_width) continue;
      sum = load(row->lines[tap] + column * d->input_stride + c)
              * load(d->weights + (tap * d->kernel_width + k) * d->channels + c)
          + sum;
    }
  }
  if (row->residual) sum += load(row->residual + x * d->residual_stride + c);
  store_up_to(
      row->output + x * d->output_stride + c, apply_epilogue(row->function, sum, d->epilogue.slopes, c),
      row->to_channel - c);
}

/// The vectors of channels of a slab. The last one overlaps the one before rather than being partial.
#define EACH_VECTOR(c) \
  for (ptrdiff_t channel = row->from_channel, c; channel < row->to_channel && ( \
           c = channel + LANES > row->to_channel && row->to_channel - LANES >= row->from_channel \
               ? row->to_channel - LANES : channel, 1); \
       channel += LANES)

/// The columns of one output row, for kernels of `width` columns; the last block overlaps the one before.
INLINE void VARIANT(depthwise_columns)(
    const depthwise_convolution_arguments *d, const VARIANT(depthwise_row) *row, const int width,
    const int stride, const int rows) {
  const ptrdiff_t columns = d->output_width;
#define BLOCK(count, edge) \
  if (rows == 2) VARIANT(depthwise_pair_block)(d, row, count, width, edge, x, c); \
  else VARIANT(depthwise_block)(d, row, count, width, stride, edge, x, c);
#define BLOCKS(count) \
  for (ptrdiff_t x = 0; x < columns; x += count) { \
    if (x + count > columns) x = columns - count; \
    const ptrdiff_t first = x * stride - d->left_padding; \
    const ptrdiff_t reach = (count - 1) * stride + width; \
    if (first < 0 || first + reach > d->input_width) { \
      VARIANT(depthwise_edge) edge; \
      for (ptrdiff_t j = 0; j < reach; j++) { \
        const ptrdiff_t column = first + j, last = d->input_width - 1; \
        const ptrdiff_t inside = column < 0 ? 0 : column > last ? last : column; \
        edge.offsets[j] = (inside - first) * d->input_stride; \
        edge.masks[j] = (integers)(inside == column ? -1 : 0); \
      } \
      EACH_VECTOR(c) { BLOCK(count, &edge) } \
    } else { \
      EACH_VECTOR(c) { BLOCK(count, 0) } \
    } \
  }
  if (columns >= 8) { BLOCKS(8) }
  else if (columns >= 4) { BLOCKS(4) }
  else { BLOCKS(1) }
#undef BLOCKS
#undef BLOCK
}

/// The outputs whose columns are `phase` modulo the dilation: they read columns of one residue too, so that they are
/// a convolution without dilation of every so many columns.
INLINE void VARIANT(depthwise_phase)(
    const depthwise_convolution_arguments *arguments, const VARIANT(depthwise_row) *whole, ptrdiff_t phase) {
  // A copy whose address goes nowhere, which no store can change, stays in registers.
  depthwise_convolution_arguments copy = *arguments;
  VARIANT(depthwise_row) part = *whole;
  const float *lines[depthwise_maximum_kernel_height];
  const ptrdiff_t step = copy.horizontal_dilation;
  if (step > 1) {
    const ptrdiff_t first = phase - copy.left_padding;
    const ptrdiff_t column = (first % step + step) % step;
    for (ptrdiff_t tap = part.from_tap; tap < part.to_tap; tap++)
      lines[tap] = whole->lines[tap] + column * copy.input_stride;
    part.lines = lines;
    part.output += phase * copy.output_stride;
    if (part.residual) part.residual += phase * copy.residual_stride;
    copy.left_padding = (column - first) / step;
    copy.input_width = (copy.input_width - column + step - 1) / step;
    copy.output_width = (copy.output_width - phase + step - 1) / step;
    copy.input_stride *= step;
    copy.output_stride *= step;
    copy.residual_stride *= step;
  }
  const depthwise_convolution_arguments *d = &copy;
  const VARIANT(depthwise_row) *row = &part;
  switch (10 * d->kernel_width + d->horizontal_stride) {
  case 31: VARIANT(depthwise_columns)(d, row, 3, 1, 1); break;
  case 32: VARIANT(depthwise_columns)(d, row, 3, 2, 1); break;
  case 51: VARIANT(depthwise_columns)(d, row, 5, 1, 1); break;
  case 52: VARIANT(depthwise_columns)(d, row, 5, 2, 1); break;
  }
}

void VARIANT(f32_depthwise_convolution_line)(
    const depthwise_convolution_arguments *arguments, const depthwise_convolution_line *line) {
  const depthwise_convolution_arguments *d = arguments;
  const VARIANT(depthwise_row) whole = {
      .lines = line->lines,
      .from_tap = line->from_tap,
      .to_tap = line->to_tap,
      .output = line->output,
      .residual = line->residual,
      .from_channel = line->from_channel,
      .to_channel = line->to_channel,
      .function = prepare_epilogue(&arguments->epilogue),
  }, *row = &whole;
  const ptrdiff_t step = d->horizontal_dilation;
#if LANES == 16
  if (line->rows == 2) {
    if (d->kernel_width == 3) VARIANT(depthwise_columns)(d, row, 3, 1, 2);
    else VARIANT(depthwise_columns)(d, row, 5, 1, 2);
  } else
#endif
  // A phase without input columns reads nothing but padding: the general path knows how.
  if ((d->kernel_width == 3 || d->kernel_width == 5) && d->horizontal_stride <= (step == 1 ? 2 : 1)
      && step <= d->input_width) {
    for (ptrdiff_t phase = 0; phase < step && phase < d->output_width; phase++)
      VARIANT(depthwise_phase)(d, row, phase);
  } else {
    for (ptrdiff_t x = 0; x < d->output_width; x++) EACH_VECTOR(c) VARIANT(depthwise_point)(d, row, x, c);
  }
  if (!is_applied_in_registers(arguments->epilogue.kind)) {
    for (ptrdiff_t x = 0; x < line->rows * d->output_width; x++) {
      float *pixel = row->output + x * d->output_stride + line->from_channel;
      VARIANT(unary_row)(&arguments->epilogue, pixel, pixel, line->to_channel - line->from_channel);
    }
  }
}
