// The guided filter's functions; see `color_fit_arguments`.
//
// Rows of the grid stream through two windows, one above the other: sums along a row are kept for the rows of a window, and
// the sums of a window move down by the row that enters and the row that leaves.
#include "color_fit.h"
#include "vector.h"
#include <string.h>

// What is summed over a window: colours, value, colours times value, products of colours.
enum { moment_planes = 13, function_planes = 4 };

/// Rows of sums along rows, the last `depth` of them, and their sum.
typedef struct {
  float *rows, *sums, *inputs;
  ptrdiff_t planes, depth, stride, count;
} window;

/// A window over `planes` rows of numbers with `count` results, and what is left of the scratch.
INLINE window window_in(float **scratch, ptrdiff_t planes, ptrdiff_t reach, ptrdiff_t count) {
  const ptrdiff_t stride = color_fit_stride(count, reach);
  window w = {.planes = planes, .depth = 2 * reach + 1, .stride = stride, .count = count};
  w.rows = *scratch;
  w.sums = w.rows + w.depth * planes * stride;
  w.inputs = w.sums + planes * stride;
  *scratch = w.inputs + planes * stride;
  memset(w.rows, 0, (size_t)(*scratch - w.rows) * sizeof(float));
  return w;
}

/// sums[i] = row[i] + ... + row[i + width - 1] for i in 0..<count, by doubling; `width` is odd. Overwrites `row`, and floats
/// behind both up to the next vector.
INLINE void window_sums(float *row, ptrdiff_t width, ptrdiff_t count, float *sums) {
  for (ptrdiff_t i = 0; i < count; i += LANES) store(sums + i, load(row + i));
  // row[i] is the sum of `span` numbers from i on, `done` of the width are summed.
  for (ptrdiff_t span = 2, done = 1; span <= width; span *= 2) {
    for (ptrdiff_t i = 0; i < count + width - span; i += LANES)
      store(row + i, load(row + i) + load(row + i + span / 2));
    if (!(width & span)) continue;
    for (ptrdiff_t i = 0; i < count; i += LANES) store(sums + i, load(sums + i) + load(row + i + done));
    done += span;
  }
}

/// Takes row number `index` of the grid from `inputs`.
INLINE void window_enter(window *w, ptrdiff_t index) {
  float *row = w->rows + index % w->depth * w->planes * w->stride;
  for (ptrdiff_t p = 0; p < w->planes; p++, row += w->stride) {
    float *sums = w->sums + p * w->stride;
    window_sums(w->inputs + p * w->stride, w->depth, w->count, row);
    for (ptrdiff_t i = 0; i < w->count; i += LANES) store(sums + i, load(sums + i) + load(row + i));
  }
}

INLINE void window_leave(window *w, ptrdiff_t index) {
  const float *row = w->rows + index % w->depth * w->planes * w->stride;
  for (ptrdiff_t i = 0; i < w->planes * w->stride; i += LANES)
    store(w->sums + i, load(w->sums + i) - load(row + i));
}

/// The moments of row `r` of the grid, into the window's inputs.
INLINE void moments(const color_fit_arguments *a, ptrdiff_t r, const window *w) {
  float *inputs = w->inputs;
  const ptrdiff_t s = w->stride;
  const uint8_t *pixels = a->pixels + a->row_offsets[r];
  memset(inputs, 0, (size_t)(4 * s) * sizeof(float));
  for (ptrdiff_t c = 0; c < a->columns; c++) {
    const uint8_t *pixel = pixels + a->column_offsets[c];
    // Around 0, so that sums of squares stay precise.
    for (ptrdiff_t p = 0; p < 3; p++) inputs[p * s + a->reach + c] = (float)pixel[p] * (1.0f / 255) - 0.5f;
  }
  memcpy(inputs + 3 * s + a->reach, a->values + r * a->columns, (size_t)a->columns * sizeof(float));
  for (ptrdiff_t i = 0; i < s; i += LANES) {
    const vector red = load(inputs + i), green = load(inputs + s + i), blue = load(inputs + 2 * s + i);
    const vector value = load(inputs + 3 * s + i);
    const vector products[] = {red * value, green * value, blue * value, red * red, red * green,
                               red * blue, green * green, green * blue, blue * blue};
    UNROLL for (int p = 0; p < 9; p++) store(inputs + (4 + p) * s + i, products[p]);
  }
}

/// Solves (covariance of colours + epsilon) * factors = covariance of colours and values, by cofactors, for the window's
/// `count` columns, whose means are sums times `shares` times `share`.
INLINE void fit(const window *w, const float *shares, float share, float epsilon, float *results, ptrdiff_t stride) {
  const ptrdiff_t s = w->stride;
  for (ptrdiff_t i = 0; i < w->count; i += LANES) {
    const vector part = load(shares + i) * splat(share);
    vector m[moment_planes];
    UNROLL for (int p = 0; p < moment_planes; p++) m[p] = load(w->sums + p * s + i) * part;
    const vector r = m[0], g = m[1], b = m[2], e = splat(epsilon);
    const vector rv = m[4] - r * m[3], gv = m[5] - g * m[3], bv = m[6] - b * m[3];
    const vector rr = m[7] - r * r + e, rg = m[8] - r * g, rb = m[9] - r * b;
    const vector gg = m[10] - g * g + e, gb = m[11] - g * b, bb = m[12] - b * b + e;
    const vector c0 = gg * bb - gb * gb, c1 = rb * gb - rg * bb, c2 = rg * gb - rb * gg;
    const vector c3 = rr * bb - rb * rb, c4 = rg * rb - rr * gb, c5 = rr * gg - rg * rg;
    const vector scale = splat(1.0f) / (rr * c0 + rg * c1 + rb * c2);
    const vector red = (c0 * rv + c1 * gv + c2 * bv) * scale;
    const vector green = (c1 * rv + c3 * gv + c4 * bv) * scale;
    const vector blue = (c2 * rv + c4 * gv + c5 * bv) * scale;
    const ptrdiff_t left = w->count - i;
    store_up_to(results + i, red, left);
    store_up_to(results + stride + i, green, left);
    store_up_to(results + 2 * stride + i, blue, left);
    store_up_to(results + 3 * stride + i, m[3] - red * r - green * g - blue * b, left);
  }
}

INLINE ptrdiff_t at_least(ptrdiff_t x, ptrdiff_t least) { return x > least ? x : least; }
INLINE ptrdiff_t at_most(ptrdiff_t x, ptrdiff_t most) { return x < most ? x : most; }

/// One over how many places of a side of a grid of `size` a window around `place` has.
INLINE float share_of(ptrdiff_t place, ptrdiff_t reach, ptrdiff_t size) {
  return 1.0f / (float)(at_most(place + reach, size - 1) - at_least(place - reach, 0) + 1);
}

/// The mean functions of a row, as functions of bytes.
INLINE void write_functions(const window *w, const float *shares, float share, float *functions) {
  for (ptrdiff_t c = 0; c < w->count; c++, functions += function_planes) {
    const float part = shares[c] * share, *sums = w->sums + c;
    const float red = sums[0] * part, green = sums[w->stride] * part, blue = sums[2 * w->stride] * part;
    functions[0] = red;
    functions[1] = green;
    functions[2] = blue;
    functions[3] = 255 * sums[3 * w->stride] * part - 127.5f * (red + green + blue);
  }
}

void VARIANT(f32_color_fit)(const color_fit_arguments *a) {
  const ptrdiff_t reach = a->reach;
  float *scratch = a->scratch;
  window fitted = window_in(&scratch, moment_planes, reach, a->columns);
  window wanted = window_in(&scratch, function_planes, reach, a->columns);
  float *shares = scratch;
  for (ptrdiff_t c = 0; c < a->columns; c++) shares[c] = share_of(c, reach, a->columns);

  // Functions are fitted where windows of wanted rows reach, numbers are read where those windows reach.
  const ptrdiff_t first_fit = at_least(a->top - reach, 0), first_read = at_least(first_fit - reach, 0);
  ptrdiff_t next_fit = first_fit, next_read = first_read;
  for (ptrdiff_t y = a->top; y < a->top + a->rows; y++) {
    // A row that enters takes the place of the one that leaves.
    if (y - reach > first_fit) window_leave(&wanted, y - reach - 1);
    for (; next_fit <= at_most(y + reach, a->grid_rows - 1); next_fit++) {
      if (next_fit - reach > first_read) window_leave(&fitted, next_fit - reach - 1);
      for (; next_read <= at_most(next_fit + reach, a->grid_rows - 1); next_read++) {
        moments(a, next_read, &fitted);
        window_enter(&fitted, next_read);
      }
      memset(wanted.inputs, 0, (size_t)(function_planes * wanted.stride) * sizeof(float));
      fit(&fitted, shares, share_of(next_fit, reach, a->grid_rows), a->epsilon,
          wanted.inputs + reach, wanted.stride);
      window_enter(&wanted, next_fit);
    }
    write_functions(
        &wanted, shares, share_of(y, reach, a->grid_rows),
        a->functions + (y - a->top) * a->columns * function_planes);
  }
}

/// The function between two places at one pixel, as a byte.
INLINE uint8_t read_pixel(const float *place, float fraction, const uint8_t *pixel) {
  const vector4 here = *(const unaligned_vector4 *)place, next = *(const unaligned_vector4 *)(place + function_planes);
  const vector4 color = {(float)pixel[0], (float)pixel[1], (float)pixel[2], 1};
  const vector4 products = (here + fraction * (next - here)) * color;
  const vector2 halves = products.lo + products.hi;
  const float value = halves.x + halves.y + 0.5f;
  return (uint8_t)(value > 0 ? value < 255 ? value : 255 : 0);
}

/// Eight pixels, of which those between the two places count. Reads 24 bytes of `pixels`, writes 8.
INLINE void read_pixels(const float *place, const float *fractions, const uint8_t *pixels, uint8_t *results) {
  typedef float floats __attribute__((vector_size(32), aligned(4)));
  typedef int32_t numbers __attribute__((vector_size(32)));
  typedef uint8_t bytes __attribute__((vector_size(16), aligned(1)));
  typedef uint8_t eight_bytes __attribute__((vector_size(8), aligned(1)));
  const bytes first = *(const bytes *)pixels, last = *(const bytes *)(pixels + 8);
  // Byte i is byte i of the first part below 16, and byte i - 8 of the last one from 8 on.
#define BYTE(i) ((i) < 16 ? (i) : (i) + 8)
#define CHANNEL(k)                                                                                       \
  __builtin_convertvector(                                                                               \
      __builtin_shufflevector(                                                                           \
          first, last, BYTE(k), BYTE(k + 3), BYTE(k + 6), BYTE(k + 9), BYTE(k + 12), BYTE(k + 15),       \
          BYTE(k + 18), BYTE(k + 21)),                                                                   \
      floats)
  const floats red = CHANNEL(0), green = CHANNEL(1), blue = CHANNEL(2);
#undef CHANNEL
#undef BYTE
  const floats part = *(const floats *)fractions;
  const float *next = place + function_planes;
  const floats reds = (place[0] + part * (next[0] - place[0])) * red;
  const floats greens = (place[1] + part * (next[1] - place[1])) * green;
  const floats blues = (place[2] + part * (next[2] - place[2])) * blue;
  const floats constants = place[3] + part * (next[3] - place[3]);
  // Added in the order of `read_pixel`.
  const floats evens = reds + blues, odds = greens + constants;
  const floats sum = evens + odds, nothing = {0};
  const floats value = __builtin_elementwise_min(__builtin_elementwise_max(sum + 0.5f, nothing), nothing + 255);
  *(eight_bytes *)results = __builtin_convertvector(__builtin_convertvector(value, numbers), eight_bytes);
}

void VARIANT(f32_color_function_row)(const color_function_row *a) {
  enum { block = 8, fewest = 4 };
  const ptrdiff_t *places = a->places;
  for (ptrdiff_t i = 0; i < a->count;) {
    const float *place = a->functions + places[i] * function_planes;
    // Places ascend.
    if (i + fewest > a->count || places[i + fewest - 1] != places[i]) {
      a->results[i] = read_pixel(place, a->fractions[i], a->pixels + 3 * i);
      i++;
      continue;
    }
    const ptrdiff_t left = a->count - i;
    if (left >= block) {
      // What is written behind the place's last pixel are others', which come later.
      read_pixels(place, a->fractions + i, a->pixels + 3 * i, a->results + i);
    } else {
      float fractions[block] = {0};
      uint8_t pixels[3 * block] = {0}, results[block];
      memcpy(fractions, a->fractions + i, (size_t)left * sizeof(float));
      memcpy(pixels, a->pixels + 3 * i, (size_t)(3 * left));
      read_pixels(place, fractions, pixels, results);
      memcpy(a->results + i, results, (size_t)left);
    }
    const ptrdiff_t end = i + at_most(left, block);
    for (i += fewest; i < end && places[i] == places[i - 1];) i++;
  }
}
