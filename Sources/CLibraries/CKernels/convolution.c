// Packing of weights, division of a convolution into work, and the walk over its register tiles.
#include "convolution.h"
#include "instruction_set.h"
#include <string.h>

ptrdiff_t packed_weights_count(const kernel_table *kernels, ptrdiff_t rows, ptrdiff_t columns) {
  const ptrdiff_t whole = columns / kernels->tile_columns, left = columns % kernels->tile_columns;
  const ptrdiff_t last = left == 0 ? 0 : left <= kernels->lanes ? kernels->lanes : kernels->tile_columns;
  return (whole * kernels->tile_columns + last) * (rows + 1);
}

void pack_weights(
    const kernel_table *kernels, ptrdiff_t rows, ptrdiff_t columns, const float *source, ptrdiff_t row_stride,
    ptrdiff_t column_stride, float scale, const float *bias, float *packed) {
  const weight_matrix matrix = {source, 1, rows, columns, 0, row_stride, column_stride};
  pack_weight_matrix(kernels, &matrix, scale, bias, packed);
}

void pack_weight_matrix(
    const kernel_table *kernels, const weight_matrix *m, float scale, const float *bias, float *packed) {
  for (ptrdiff_t first = 0; first < m->columns; first += kernels->tile_columns) {
    const ptrdiff_t left = m->columns - first;
    const ptrdiff_t width = left <= kernels->lanes ? kernels->lanes : kernels->tile_columns;
    const ptrdiff_t used = left < width ? left : width;
    for (ptrdiff_t c = 0; c < width; c++) packed[c] = bias && c < used ? bias[first + c] : 0.0f;
    packed += width;
    for (ptrdiff_t t = 0; t < m->taps; t++) {
      for (ptrdiff_t d = 0; d < m->depth; d++, packed += width) {
        const float *from = m->elements + t * m->tap_stride + d * m->depth_stride + first * m->column_stride;
        if (m->column_stride == 1)
          for (ptrdiff_t c = 0; c < used; c++) packed[c] = from[c] * scale;
        else
          for (ptrdiff_t c = 0; c < used; c++) packed[c] = from[c * m->column_stride] * scale;
        for (ptrdiff_t c = used; c < width; c++) packed[c] = 0.0f;
      }
    }
  }
}

void pack_dot_weights(const weight_matrix *m, float scale, const float *bias, float *packed) {
  for (ptrdiff_t c = 0; c < m->columns; c++)
    for (ptrdiff_t t = 0; t < m->taps; t++)
      for (ptrdiff_t d = 0; d < m->depth; d++)
        *packed++ = m->elements[t * m->tap_stride + d * m->depth_stride + c * m->column_stride] * scale;
  for (ptrdiff_t c = 0; c < m->columns; c++) *packed++ = bias ? bias[c] : 0.0f;
}

static ptrdiff_t ceiling(ptrdiff_t a, ptrdiff_t b) { return (a + b - 1) / b; }

ptrdiff_t convolution_plan(convolution_arguments *a, ptrdiff_t threads) {
  const ptrdiff_t tile_rows = a->kernels->tile_rows, tile_columns = a->kernels->tile_columns;
  const ptrdiff_t depth = a->planes * a->kernel_height * a->kernel_width * a->group_depth;
  // A block of packed weights stays in the second-level cache while rows stream past it.
  ptrdiff_t panels = (64 * 1024) / (depth * tile_columns + 1);
  if (panels < 1) panels = 1;
  const ptrdiff_t all_panels = ceiling(a->group_columns, tile_columns);
  panels = ceiling(all_panels, ceiling(all_panels, panels));
  const ptrdiff_t row_tiles = ceiling(a->rows, tile_rows);
  ptrdiff_t tiles = row_tiles;
  if (threads > 1) {
    // Several items for each thread even out their speeds; one below 20 thousand products is not worth it.
    const ptrdiff_t wanted = a->items_per_thread * threads;
    ptrdiff_t least = 20000 / (depth * tile_rows * panels * tile_columns + 1) + 1;
    ptrdiff_t blocks = ceiling(all_panels, panels) * a->groups;
    if (blocks * row_tiles < wanted) {
      panels = ceiling(all_panels, ceiling(wanted, row_tiles * a->groups));
      blocks = ceiling(all_panels, panels) * a->groups;
    }
    tiles = a->items_per_thread == 1 ? ceiling(row_tiles, ceiling(wanted, blocks)) : row_tiles / ceiling(wanted, blocks);
    if (tiles < least) tiles = least;
  }
  if (tiles > row_tiles) tiles = row_tiles;
  if (tiles < 1) tiles = 1;
  a->row_block = tiles * tile_rows;
  a->column_block = panels * tile_columns;
  return ceiling(a->rows, a->row_block) * ceiling(a->group_columns, a->column_block) * a->groups;
}

/// One work item: rows x columns of one group.
typedef struct {
  ptrdiff_t first_row, end_row, first_column, columns, group;
} block;

static block find_block(const convolution_arguments *a, ptrdiff_t item) {
  const ptrdiff_t row_blocks = ceiling(a->rows, a->row_block);
  const ptrdiff_t column_blocks = ceiling(a->group_columns, a->column_block);
  block b;
  b.first_row = item % row_blocks * a->row_block;
  b.end_row = b.first_row + a->row_block < a->rows ? b.first_row + a->row_block : a->rows;
  item /= row_blocks;
  b.first_column = item % column_blocks * a->column_block;
  b.columns = a->group_columns - b.first_column;
  if (b.columns > a->column_block) b.columns = a->column_block;
  b.group = item / column_blocks;
  return b;
}

/// Fills in what all tiles of a block share.
static igemm_tile start_tile(const convolution_arguments *a, const block *b, ptrdiff_t taps, ptrdiff_t depth) {
  igemm_tile tile = {
      .taps = taps,
      .depth = depth,
      .weights = a->weights + b->group * a->group_weights_count + b->first_column * (taps * depth + 1),
      .columns = b->columns,
      .output_stride = a->output_stride,
      .residual_stride = a->residual_stride,
      .epilogue = a->epilogue,
  };
  if (tile.epilogue.slopes) tile.epilogue.slopes += b->group * a->group_columns + b->first_column;
  return tile;
}

static void run_tile(
    const convolution_arguments *a, const block *b, igemm_tile *tile, ptrdiff_t row, ptrdiff_t count) {
  const ptrdiff_t column = b->group * a->group_columns + b->first_column;
  tile->row_count = count;
  tile->output = a->output + row * a->output_stride + column;
  tile->residual = a->residual ? a->residual + row * a->residual_stride + column : NULL;
  a->tile(tile);
}

enum { greatest_tile_rows = 16 };

/// Rows of the next tile when `left` are left: the last two tiles share evenly, as a single row wastes most.
static ptrdiff_t next_rows(ptrdiff_t left, ptrdiff_t tile_rows) {
  if (left >= 2 * tile_rows || left == tile_rows) return tile_rows;
  return left > tile_rows ? (left + 1) / 2 : left;
}

void pointwise_convolution_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const convolution_arguments *a = context;
  for (ptrdiff_t item = from; item < to; item++) {
    const block b = find_block(a, item);
    igemm_tile tile = start_tile(a, &b, 1, a->group_depth);
    const float *rows[greatest_tile_rows];
    tile.rows = rows;
    tile.row_step = 0;
    for (ptrdiff_t row = b.first_row, count; row < b.end_row; row += count) {
      count = next_rows(b.end_row - row, a->kernels->tile_rows);
      const float *first = a->input + row * a->input_stride + b.group * a->group_depth;
      for (ptrdiff_t r = 0; r < count; r++) rows[r] = first + r * a->input_stride;
      run_tile(a, &b, &tile, row, count);
    }
  }
}

/// A place among the output pixels of the batch.
typedef struct {
  ptrdiff_t image, y, x;
} position;

/// Writes the pointers of one output pixel, `step` apart.
static void find_taps(
    const convolution_arguments *a, ptrdiff_t group, position at, const float **taps, ptrdiff_t step) {
  const ptrdiff_t top = at.y * a->vertical_stride - a->top_padding;
  const ptrdiff_t left = at.x * a->horizontal_stride - a->left_padding;
  const float *plane = a->input + at.image * a->image_stride + group * a->group_depth;
  for (ptrdiff_t p = 0; p < a->planes; p++, plane += a->plane_stride) {
    for (ptrdiff_t ky = 0; ky < a->kernel_height; ky++) {
      const ptrdiff_t y = top + ky * a->vertical_dilation;
      const int is_inside = (size_t)y < (size_t)a->input_height;
      const float *line = plane + y * a->input_width * a->input_stride;
      for (ptrdiff_t kx = 0; kx < a->kernel_width; kx++, taps += step) {
        const ptrdiff_t x = left + kx * a->horizontal_dilation;
        *taps = is_inside && (size_t)x < (size_t)a->input_width ? line + x * a->input_stride : a->zeros;
      }
    }
  }
}

/// Whether a kernel at output (y, x) lies inside the image.
static int is_interior(const convolution_arguments *a, ptrdiff_t y, ptrdiff_t x) {
  const ptrdiff_t top = y * a->vertical_stride - a->top_padding;
  const ptrdiff_t left = x * a->horizontal_stride - a->left_padding;
  return top >= 0 && top + (a->kernel_height - 1) * a->vertical_dilation < a->input_height && left >= 0
      && left + (a->kernel_width - 1) * a->horizontal_dilation < a->input_width;
}

/// Of `count` output pixels from `at` on, those in its row that are as it is: inside of the image or at its edge. Of
/// planes, whose pixels have few products each, finding the taps of those at the edge one by one takes longer than the
/// products.
static ptrdiff_t alike(const convolution_arguments *a, position at, ptrdiff_t count) {
  const ptrdiff_t stride = a->horizontal_stride, reach = (a->kernel_width - 1) * a->horizontal_dilation;
  const ptrdiff_t first = ceiling(a->left_padding, stride);
  const ptrdiff_t room = a->input_width + a->left_padding - reach;  // first column whose window reaches the end
  const ptrdiff_t end = room > 0 ? ceiling(room, stride) : 0;
  ptrdiff_t limit = at.x < first ? first : at.x < end ? end : a->output_width;
  if (limit > a->output_width) limit = a->output_width;
  return count < limit - at.x ? count : limit - at.x;
}

void convolution_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const convolution_arguments *a = context;
  const float *taps[convolution_maximum_taps * greatest_tile_rows];
  ptrdiff_t offsets[convolution_maximum_taps];
  const ptrdiff_t tap_count = a->planes * a->kernel_height * a->kernel_width;
  // Where pixels touch, one kernel row of an interior pixel is a single run.
  const int has_runs = a->input_stride == a->group_depth && a->horizontal_dilation == 1;
  const ptrdiff_t run_count = has_runs ? a->planes * a->kernel_height : tap_count;
  const ptrdiff_t run_depth = has_runs ? a->kernel_width * a->group_depth : a->group_depth;
  for (ptrdiff_t t = 0; t < run_count; t++) {
    const ptrdiff_t line = has_runs ? t : t / a->kernel_width, kx = has_runs ? 0 : t % a->kernel_width;
    const ptrdiff_t plane = line / a->kernel_height, ky = line % a->kernel_height;
    offsets[t] = plane * a->plane_stride
        + (ky * a->vertical_dilation * a->input_width + kx * a->horizontal_dilation) * a->input_stride;
  }
  const ptrdiff_t pixels = a->output_height * a->output_width;
  for (ptrdiff_t item = from; item < to; item++) {
    const block b = find_block(a, item);
    igemm_tile tile = start_tile(a, &b, tap_count, a->group_depth);
    tile.rows = taps;
    position at = {b.first_row / pixels, b.first_row % pixels / a->output_width, b.first_row % a->output_width};
    for (ptrdiff_t row = b.first_row, count; row < b.end_row; row += count) {
      count = next_rows(b.end_row - row, a->kernels->tile_rows);
      if (a->planes > 1) {
        const ptrdiff_t left = b.end_row - row, most = a->kernels->tile_rows;
        count = alike(a, at, left < most ? left : most);
      }
      tile.row_step = count;
      tile.spacing = 0;
      const int is_simple = at.x + count <= a->output_width && is_interior(a, at.y, at.x)
          && is_interior(a, at.y, at.x + count - 1);
      if (is_simple) {
        const float *first = a->input + at.image * a->image_stride
            + ((at.y * a->vertical_stride - a->top_padding) * a->input_width
               + at.x * a->horizontal_stride - a->left_padding)
                * a->input_stride
            + b.group * a->group_depth;
        const ptrdiff_t step = a->horizontal_stride * a->input_stride;
        if (step <= 2 && count == a->kernels->tile_rows) {
          tile.spacing = step;
          tile.row_step = 1;
          for (ptrdiff_t t = 0; t < run_count; t++) taps[t] = first + offsets[t];
        } else {
          for (ptrdiff_t t = 0; t < run_count; t++)
            for (ptrdiff_t r = 0; r < count; r++) taps[t * count + r] = first + offsets[t] + r * step;
        }
        tile.taps = run_count;
        tile.depth = run_depth;
        at.x += count;
        if (at.x == a->output_width) at.x = 0, at.y++;
      } else {
        for (ptrdiff_t r = 0; r < count; r++) {
          find_taps(a, b.group, at, taps + r, count);
          if (++at.x == a->output_width) at.x = 0, at.y++;
          if (at.y == a->output_height) at.y = 0, at.image++;
        }
        tile.taps = tap_count;
        tile.depth = a->group_depth;
      }
      if (at.y == a->output_height) at.y = 0, at.image++;
      run_tile(a, &b, &tile, row, count);
    }
  }
}
