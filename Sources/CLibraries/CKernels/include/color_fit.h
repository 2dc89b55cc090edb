// Linear functions of colour: what a guided filter fits to a map, and how a picture is read with them.
//
// He, Sun and Tang, "Guided Image Filtering" (2010), with colours as the guide: in each square window of a grid of
// places, a number given at each place is fitted as a linear function of its colour; every place gets the mean of the
// functions of the windows that hold it.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Rows of a grid of places to find functions for. Windows reach `reach` places to each side and end at the grid's
/// edges.
typedef struct {
  /// Red, green and blue of the place in column c, row r are the bytes at column_offsets[c] + row_offsets[r].
  const uint8_t *pixels;
  const ptrdiff_t *column_offsets, *row_offsets;
  /// The number at each place: grid_rows rows of `columns`.
  const float *values;
  ptrdiff_t columns, grid_rows, reach;
  /// The variance of a colour's channel, in 0...1, below which a window counts as flat.
  float epsilon;
  /// The first row for which functions are wanted, and how many.
  ptrdiff_t top, rows;
  /// Room for `color_fit_scratch_count` floats.
  float *scratch;
  /// rows * columns functions of bytes, 255 times the fitted number: factors of red, green and blue, constant.
  float *functions;
} color_fit_arguments;

typedef void (*color_fit_function)(const color_fit_arguments *);

/// The floats from one row of `count` sums over windows to the next: room for what windows reach and for two vectors.
static inline ptrdiff_t color_fit_stride(ptrdiff_t count, ptrdiff_t reach) { return (count + 2 * reach + 47) / 16 * 16; }

/// The floats of scratch for a grid of `columns`.
ptrdiff_t color_fit_scratch_count(ptrdiff_t columns, ptrdiff_t reach);

/// A row of pixels, each read with the function between the two places around it: pixel i lies `fractions[i]` of the way
/// from place `places[i]` to the next; places ascend. Nothing is read or written beyond the `count` pixels.
typedef struct {
  const float *functions;
  const ptrdiff_t *places;
  const float *fractions;
  const uint8_t *pixels;
  uint8_t *results;  // 0...255, rounded
  ptrdiff_t count;
} color_function_row;

typedef void (*color_function_row_function)(const color_function_row *);
