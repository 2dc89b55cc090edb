// The walk of Winograd's convolution over tiles; see winograd.h.
#include "winograd.h"
#include "instruction_set.h"

enum { greatest_tile_rows = 16 };

/// Channels of a row in scratch memory: whole vectors of any variant.
static ptrdiff_t padded(ptrdiff_t channels) { return (channels + 15) / 16 * 16; }

ptrdiff_t winograd_scratch_count(const winograd_arguments *a) {
  return winograd_positions * a->block * (padded(a->input_channels) + padded(a->output_channels)) + 16;
}

ptrdiff_t winograd_pack_count(const winograd_packing *p) {
  return (p->outputs + p->kernels->lanes - 1) / p->kernels->lanes;
}

void winograd_pack_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const winograd_packing *p = context;
  const ptrdiff_t lanes = p->kernels->lanes, columns = p->kernels->tile_columns;
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t first = item * lanes, panel = first / columns * columns;
    const ptrdiff_t width = p->outputs - panel <= lanes ? lanes : columns;
    const ptrdiff_t left = p->outputs - first;
    float *packed = p->packed + panel * (1 + p->inputs) + first - panel;
    for (ptrdiff_t position = 0; position < winograd_positions; position++)
      for (ptrdiff_t c = 0; c < lanes; c++) packed[position * p->position_stride + c] = 0.0f;
    p->kernels->winograd_weights(
        p->source + first * p->inputs * 9, p->inputs, left < lanes ? left : lanes, packed + width, width,
        p->position_stride);
  }
}

/// A tile's image and its first result.
typedef struct {
  ptrdiff_t image, y, x;
} place;

static place find_tile(const winograd_arguments *a, ptrdiff_t tile) {
  const ptrdiff_t columns = (a->output_width + winograd_tile - 1) / winograd_tile;
  const ptrdiff_t rows = (a->output_height + winograd_tile - 1) / winograd_tile;
  return (place){
      tile / (rows * columns), tile / columns % rows * winograd_tile, tile % columns * winograd_tile};
}

static void transform_input(const winograd_arguments *a, ptrdiff_t tile, float *output, ptrdiff_t position_stride) {
  const place at = find_tile(a, tile);
  const float *image = a->input + at.image * a->input_height * a->input_width * a->input_stride;
  const float *pixels[winograd_positions];
  for (ptrdiff_t py = 0; py < winograd_patch; py++) {
    const ptrdiff_t y = at.y + py - a->top_padding;
    for (ptrdiff_t px = 0; px < winograd_patch; px++) {
      const ptrdiff_t x = at.x + px - a->left_padding;
      const int is_inside = (size_t)y < (size_t)a->input_height && (size_t)x < (size_t)a->input_width;
      pixels[py * winograd_patch + px] =
          is_inside ? image + (y * a->input_width + x) * a->input_stride : a->zeros;
    }
  }
  a->kernels->winograd_input(pixels, a->input_channels, output, position_stride);
}

static void transform_output(
    const winograd_arguments *a, ptrdiff_t tile, const float *products, ptrdiff_t position_stride) {
  const place at = find_tile(a, tile);
  winograd_results results;
  for (ptrdiff_t ty = 0; ty < winograd_tile; ty++) {
    for (ptrdiff_t tx = 0; tx < winograd_tile; tx++) {
      const ptrdiff_t y = at.y + ty, x = at.x + tx, i = ty * winograd_tile + tx;
      const int is_inside = y < a->output_height && x < a->output_width;
      const ptrdiff_t pixel = (at.image * a->output_height + y) * a->output_width + x;
      results.outputs[i] = is_inside ? a->output + pixel * a->output_stride : NULL;
      results.residuals[i] = is_inside && a->residual ? a->residual + pixel * a->residual_stride : NULL;
    }
  }
  a->kernels->winograd_output(
      products, position_stride, a->output_channels, a->bias, &a->epilogue, &results);
}

/// Multiplies `count` transformed tiles by the transformed weights of one position.
static void multiply(
    const winograd_arguments *a, ptrdiff_t count, const float *input, const float *weights, float *output) {
  const ptrdiff_t depth = padded(a->input_channels), columns = padded(a->output_channels);
  const ptrdiff_t tile_rows = a->kernels->tile_rows;
  const float *rows[greatest_tile_rows];
  igemm_tile tile = {
      .rows = rows,
      .taps = 1,
      .depth = a->input_channels,
      .weights = weights,
      .columns = a->output_channels,
      .output_stride = columns,
      .epilogue = {.kind = activation_identity},
  };
  for (ptrdiff_t first = 0; first < count; first += tile.row_count) {
    const ptrdiff_t left = count - first;
    // The last two share evenly, as a single row wastes most.
    tile.row_count = left >= 2 * tile_rows || left == tile_rows ? tile_rows : left > tile_rows ? (left + 1) / 2 : left;
    for (ptrdiff_t r = 0; r < tile.row_count; r++) rows[r] = input + (first + r) * depth;
    tile.output = output + first * columns;
    a->kernels->igemm(&tile);
  }
}

void winograd_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  const winograd_arguments *a = context;
  const ptrdiff_t depth = padded(a->input_channels), columns = padded(a->output_channels);
  float *transformed = a->scratch + worker * winograd_scratch_count(a);
  float *products = transformed + winograd_positions * a->block * depth;
  for (ptrdiff_t item = from; item < to; item++) {
    const ptrdiff_t first = item * a->block;
    const ptrdiff_t count = a->tile_count - first < a->block ? a->tile_count - first : a->block;
    for (ptrdiff_t t = 0; t < count; t++)
      transform_input(a, first + t, transformed + t * depth, a->block * depth);
    for (ptrdiff_t p = 0; p < winograd_positions; p++)
      multiply(
          a, count, transformed + p * a->block * depth, a->weights + p * a->position_weights_count,
          products + p * a->block * columns);
    for (ptrdiff_t t = 0; t < count; t++)
      transform_output(a, first + t, products + t * columns, a->block * columns);
  }
}
