// What the processor can do at most: chains of multiply-adds in registers, and copies through the caches and memory.
#pragma once

#include <stddef.h>

/// Multiply-adds of vectors in one item of `multiply_add_task`.
enum { peak_chains = 12, peak_rounds = 2048 };

/// For `multiply_add_task`: numbers that the compiler does not know, and a place for results that nobody needs.
typedef struct {
  float factor, term;
  float *sink;  // one float per worker
} multiply_add_arguments;

/// For `scaled_copy_task`: items are floats, multiples of 16.
typedef struct {
  const float *input;
  float *output;
  float factor;
} scaled_copy_arguments;
