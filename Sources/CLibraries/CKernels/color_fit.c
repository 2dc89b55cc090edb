#include "color_fit.h"

ptrdiff_t color_fit_scratch_count(ptrdiff_t columns, ptrdiff_t reach) {
  // Thirteen moments and four factors: the rows of a window, their sums, the row that enters, and shares.
  const ptrdiff_t rows = 2 * reach + 3;
  return (17 * rows + 1) * color_fit_stride(columns, reach);
}
