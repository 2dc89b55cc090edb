#pragma once
// Vectors of LANES floats. A kernel file includes one of vector_portable.h, vector_avx2.h, vector_avx512.h, which set
// LANES, SUFFIX and the target of the functions that follow, then the kernel's template, then vector_end.h.
#include <stddef.h>
#include <stdint.h>

#define PASTE_AGAIN(a, b) a##_##b
#define PASTE(a, b) PASTE_AGAIN(a, b)
/// The name of this variant of a kernel.
#define VARIANT(name) PASTE(name, SUFFIX)
#define INLINE static inline __attribute__((always_inline, unused))
#define UNROLL _Pragma("clang loop unroll(full)")
#define NO_VECTORIZE _Pragma("clang loop vectorize(disable) interleave(disable) unroll(disable)")

typedef float vector __attribute__((ext_vector_type(LANES)));
typedef int32_t integers __attribute__((ext_vector_type(LANES)));
typedef float unaligned_vector __attribute__((ext_vector_type(LANES), aligned(4), may_alias));
typedef float vector4 __attribute__((ext_vector_type(4)));
typedef float unaligned_vector4 __attribute__((ext_vector_type(4), aligned(4), may_alias));
typedef float vector2 __attribute__((ext_vector_type(2)));
typedef float unaligned_vector2 __attribute__((ext_vector_type(2), aligned(4), may_alias));
typedef float unaligned_vector8 __attribute__((ext_vector_type(8), aligned(4), may_alias));

INLINE vector load(const float *from) { return *(const unaligned_vector *)from; }
INLINE void store(float *to, vector x) { *(unaligned_vector *)to = x; }
INLINE vector splat(float x) { return (vector)(x); }

/// As the machine's maximum: `b` when either is not a number.
INLINE vector maximum(vector a, vector b) { return a > b ? a : b; }
INLINE vector minimum(vector a, vector b) { return a < b ? a : b; }

/// Stores the first `count` lanes, fewer than LANES.
INLINE void store_partial(float *to, vector x, ptrdiff_t count) {
#if LANES == 16
  typedef float vector8 __attribute__((ext_vector_type(8)));
  vector8 eight = x.lo;
  if (count & 8) {
    *(unaligned_vector8 *)to = eight;
    eight = x.hi;
    to += 8;
  }
  vector4 four = eight.lo;
  if (count & 4) {
    *(unaligned_vector4 *)to = four;
    four = eight.hi;
    to += 4;
  }
#elif LANES == 8
  vector4 four = x.lo;
  if (count & 4) {
    *(unaligned_vector4 *)to = four;
    four = x.hi;
    to += 4;
  }
#else
  vector4 four = x;
#endif
  vector2 two = four.lo;
  if (count & 2) {
    *(unaligned_vector2 *)to = two;
    two = four.hi;
    to += 2;
  }
  if (count & 1) *to = two.x;
}

/// Stores the first `count` lanes, or all when there are more.
INLINE void store_up_to(float *to, vector x, ptrdiff_t count) {
  if (count >= LANES) store(to, x);
  else store_partial(to, x, count);
}

INLINE float sum_of_lanes(vector x) {
#if LANES == 16
  typedef float vector8 __attribute__((ext_vector_type(8)));
  vector8 eight = x.lo + x.hi;
  vector4 four = eight.lo + eight.hi;
#elif LANES == 8
  vector4 four = x.lo + x.hi;
#else
  vector4 four = x;
#endif
  vector2 two = four.lo + four.hi;
  return two.x + two.y;
}
