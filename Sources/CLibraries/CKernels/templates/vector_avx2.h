// AVX2, FMA and F16C.
#define LANES 8
#define HAS_TARGET
#define SUFFIX avx2
#define TILE_ROWS 6
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "vector.h"
