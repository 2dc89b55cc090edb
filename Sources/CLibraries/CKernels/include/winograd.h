// Convolution with kernels of 3x3 pixels at stride 1 by Winograd's F(4x4, 3x3), of Lavin and Gray, Fast Algorithms for
// Convolutional Neural Networks (2015): tiles of 4x4 results take 36 products for each pair of channels, not 144.
#pragma once

#include "activation.h"
#include <stddef.h>

struct kernel_table;

enum {
  winograd_tile = 4,        // results of a tile along an axis
  winograd_patch = 6,       // pixels of the image that they depend on
  winograd_positions = 36,
};

/// Transforms a patch: pixels[y * 6 + x] are its pixels of `channels` floats; position p of the result is written
/// to output + p * position_stride, in whole vectors.
typedef void (*winograd_input_function)(
    const float *const *pixels, ptrdiff_t channels, float *output, ptrdiff_t position_stride);

/// Where the results of a tile go; null where they would lie outside of the image.
typedef struct {
  float *outputs[winograd_tile * winograd_tile];
  const float *residuals[winograd_tile * winograd_tile];  // all null without a residual
} winograd_results;

/// Transforms the products of a tile, position p at products + p * position_stride, and finishes the results.
typedef void (*winograd_output_function)(
    const float *products, ptrdiff_t position_stride, ptrdiff_t channels, const float *bias,
    const epilogue *function, const winograd_results *results);

/// Transforms the weights of `inputs` input channels and at most a vector of output channels, `columns` of them: those of
/// channel c and input i are the nine at source + (c * inputs + i) * 9. Position p of input i goes to
/// output + i * row_stride + p * position_stride, a whole vector with zeros behind the columns.
typedef void (*winograd_weights_function)(
    const float *source, ptrdiff_t inputs, ptrdiff_t columns, float *output, ptrdiff_t row_stride,
    ptrdiff_t position_stride);

/// Weights to be transformed and packed: 36 matrices as `igemm_tile` has them, with biases of zero.
typedef struct {
  const struct kernel_table *kernels;
  ptrdiff_t inputs, outputs;
  const float *source;               // [outputs][inputs][3][3]
  float *packed;
  ptrdiff_t position_stride;         // floats from matrix to matrix
} winograd_packing;

/// Work items of `winograd_pack_task`: vectors of output channels.
ptrdiff_t winograd_pack_count(const winograd_packing *packing);

/// Body for `worker_pool_run` over `winograd_pack_count` items.
void winograd_pack_task(void *packing, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

typedef struct {
  const struct kernel_table *kernels;
  const float *input;
  ptrdiff_t input_stride;            // from pixel to pixel
  ptrdiff_t input_height, input_width, input_channels;
  ptrdiff_t top_padding, left_padding;
  const float *zeros;                // input_channels zeros, 16 readable floats behind
  const float *weights;              // 36 packed matrices of input_channels x output_channels
  ptrdiff_t position_weights_count;  // floats from matrix to matrix
  const float *bias;                 // output_channels, 16 readable floats behind
  float *output;
  ptrdiff_t output_stride;
  ptrdiff_t output_height, output_width, output_channels;
  const float *residual;             // may be null
  ptrdiff_t residual_stride;
  epilogue epilogue;
  ptrdiff_t tile_count;              // of all images of the batch
  ptrdiff_t block;                   // tiles of a work item
  float *scratch;                    // winograd_scratch_count floats for each worker
} winograd_arguments;

/// Floats of scratch memory that a worker needs.
ptrdiff_t winograd_scratch_count(const winograd_arguments *arguments);

/// Body for `worker_pool_run` over ceil(tile_count / block) items.
void winograd_task(void *arguments, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);
