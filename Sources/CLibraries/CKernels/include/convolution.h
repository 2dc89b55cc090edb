// Convolution as an indirect matrix product: rows of the left matrix are output pixels, found through pointers into
// the image, so that no column buffer exists. Pointwise convolutions and linear layers are the case of one tap.
#pragma once

#include "activation.h"
#include <stddef.h>

struct kernel_table;

/// One register tile's worth of rows against a run of packed columns.
///
/// Packed weights: panels of `tile_columns` columns, each [bias][taps * depth][column]; when at most one vector of
/// columns is left, the last panel is one vector wide. Columns past the end are zero.
typedef struct {
  /// Pointers to the first element of each row's run: [tap][row], `row_step` pointers from tap to tap.
  const float *const *rows;
  ptrdiff_t row_step;
  /// Where not 0, 1 or 2: the floats from row to row of a tile of tile_rows rows, of which `rows` has the first alone.
  ptrdiff_t spacing;
  /// Rows of this tile, 1...tile_rows.
  ptrdiff_t row_count;
  /// Runs per row and floats per run; a row of the left matrix has taps * depth elements.
  ptrdiff_t taps, depth;
  const float *weights;
  /// Results of this tile in a row.
  ptrdiff_t columns;
  float *output;
  ptrdiff_t output_stride;
  /// Added before the activation; may be null.
  const float *residual;
  ptrdiff_t residual_stride;
  /// Slopes, if any, belong to the first column.
  epilogue epilogue;
} igemm_tile;

typedef void (*igemm_function)(const igemm_tile *);

/// Floats that the packed weights of `columns` columns take.
ptrdiff_t packed_weights_count(const struct kernel_table *kernels, ptrdiff_t rows, ptrdiff_t columns);

/// Packs a matrix of `rows` x `columns`, element (r, c) at source[r * row_stride + c * column_stride], scaled by
/// `scale`, and a bias (may be null) into `packed`.
void pack_weights(
    const struct kernel_table *kernels, ptrdiff_t rows, ptrdiff_t columns, const float *source,
    ptrdiff_t row_stride, ptrdiff_t column_stride, float scale, const float *bias, float *packed);

/// The weights of a convolution as a matrix of taps * depth rows: element (t, d) of column c is at
/// elements[t * tap_stride + d * depth_stride + c * column_stride].
typedef struct {
  const float *elements;
  ptrdiff_t taps, depth, columns;
  ptrdiff_t tap_stride, depth_stride, column_stride;
} weight_matrix;

/// Packs a convolution's weights, times `scale`, and a bias (may be null) into `packed`.
void pack_weight_matrix(
    const struct kernel_table *kernels, const weight_matrix *matrix, float scale, const float *bias, float *packed);

/// Packs the weights of at most `dot_maximum_columns` columns for the kernels' `dot`, [column][tap][depth], and their biases
/// (may be null) behind them.
void pack_dot_weights(const weight_matrix *matrix, float scale, const float *bias, float *packed);

enum { dot_maximum_columns = 4 };

/// A convolution of images in channels-last order, or of few planes that lie one behind the other, or a matrix product with packed weights.
typedef struct {
  const struct kernel_table *kernels;
  igemm_function tile;               // of `kernels`: igemm or dot, for which the weights are packed
  const float *input;
  ptrdiff_t input_stride;            // from pixel to pixel
  ptrdiff_t input_height, input_width;
  ptrdiff_t planes, plane_stride;    // planes of pixels, 1 in channels-last order; from plane to plane
  ptrdiff_t image_stride;            // from image to image
  ptrdiff_t group_depth;             // input channels per group, those of a single plane
  ptrdiff_t kernel_height, kernel_width;
  ptrdiff_t vertical_stride, horizontal_stride, vertical_dilation, horizontal_dilation;
  ptrdiff_t top_padding, left_padding;
  const float *zeros;                // group_depth zeros, 16 readable floats behind; null without padding
  ptrdiff_t groups;
  const float *weights;              // packed, group by group
  ptrdiff_t group_weights_count;     // floats from group to group
  ptrdiff_t group_columns;           // output channels per group
  float *output;
  ptrdiff_t output_stride;
  ptrdiff_t output_height, output_width;
  ptrdiff_t rows;                    // output pixels of all images of the batch
  const float *residual;
  ptrdiff_t residual_stride;
  epilogue epilogue;
  // The division into work items: groups x column blocks x row blocks.
  ptrdiff_t items_per_thread;        // where there are as many
  ptrdiff_t row_block;               // rows per item, a multiple of tile_rows
  ptrdiff_t column_block;            // columns per item, a multiple of tile_columns
} convolution_arguments;

/// Chooses row_block and column_block for so many threads; returns the number of work items.
ptrdiff_t convolution_plan(convolution_arguments *arguments, ptrdiff_t threads);

/// Body for `worker_pool_run` over `convolution_plan`'s items, for 1x1 kernels of stride 1 without padding.
void pointwise_convolution_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Body for `worker_pool_run` over `convolution_plan`'s items, for any convolution of at most
/// `convolution_maximum_taps` taps.
void convolution_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

enum { convolution_maximum_taps = 256 };
