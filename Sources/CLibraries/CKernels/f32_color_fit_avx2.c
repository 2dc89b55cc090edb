#if defined(__x86_64__)
#include "templates/vector_avx2.h"
#include "templates/f32_color_fit.h"
#include "templates/vector_end.h"
#endif
