// The tasks that measure a machine; see `machine_peak.h`.
#include "machine_peak.h"
#include "vector.h"

void VARIANT(f32_multiply_add_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  const multiply_add_arguments *m = context;
  const vector factor = splat(m->factor), term = splat(m->term);
  // Enough independent chains to keep the multipliers busy, none of which equals another.
  vector sums[peak_chains];
  UNROLL for (int c = 0; c < peak_chains; c++) sums[c] = splat((float)c);
  for (ptrdiff_t item = from; item < to; item++)
    for (int round = 0; round < peak_rounds; round++)
      UNROLL for (int c = 0; c < peak_chains; c++) sums[c] = sums[c] * factor + term;
  vector sum = sums[0];
  UNROLL for (int c = 1; c < peak_chains; c++) sum += sums[c];
  m->sink[worker] = sum_of_lanes(sum);
}

void VARIANT(f32_scaled_copy_task)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  (void)worker;
  const scaled_copy_arguments *s = context;
  const vector factor = splat(s->factor);
  for (ptrdiff_t i = from; i < to; i += LANES) store(s->output + i, load(s->input + i) * factor);
}
