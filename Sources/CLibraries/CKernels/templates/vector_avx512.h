// AVX-512 F, VL, DQ and BW.
#define LANES 16
#define HAS_TARGET
#define SUFFIX avx512
#define TILE_ROWS 12
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,f16c"))), apply_to = function)
#include "vector.h"
