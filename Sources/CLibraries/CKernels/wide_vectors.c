// How much faster this processor multiplies in AVX-512 than in AVX2.
#include "instruction_set.h"
#include <time.h>

#if defined(__x86_64__)
typedef float vector8 __attribute__((ext_vector_type(8)));
typedef float vector16 __attribute__((ext_vector_type(16)));

enum { chains = 10, rounds = 400, attempts = 7 };

static double nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

// Enough independent chains to keep the multipliers busy; the sum is stored so that nothing is left out.
#define MEASURE(name, vector, features) \
  __attribute__((target(features), noinline)) static double name(float *sink) { \
    double least = 1e30; \
    for (int attempt = 0; attempt < attempts; attempt++) { \
      vector sums[chains]; \
      const vector factor = (vector)(sink[0]), term = (vector)(sink[1]); \
      for (int c = 0; c < chains; c++) sums[c] = (vector)((float)c); \
      const double start = nanoseconds(); \
      for (int r = 0; r < rounds; r++) \
        _Pragma("clang loop unroll(full)") for (int c = 0; c < chains; c++) { \
          sums[c] = __builtin_elementwise_fma(sums[c], factor, term); \
          __asm__ volatile("" : "+x"(sums[c])); \
        } \
      const double time = nanoseconds() - start; \
      if (time < least) least = time; \
      vector sum = sums[0]; \
      for (int c = 1; c < chains; c++) sum += sums[c]; \
      sink[2] += sum.x; \
    } \
    return least; \
  }

MEASURE(measure_narrow, vector8, "avx2,fma")
MEASURE(measure_wide, vector16, "avx512f,avx512vl,avx2,fma")

double wide_vector_gain(void) {
  if (!instruction_set_is_available(instruction_set_avx512)) return 1;
  float sink[3] = {0.5f, 1.0f, 0.0f};
  const double narrow = measure_narrow(sink), wide = measure_wide(sink);
  return wide > 0 ? 2 * narrow / wide : 1;
}
#else
double wide_vector_gain(void) { return 1; }
#endif
