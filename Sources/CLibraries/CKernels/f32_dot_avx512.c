#if defined(__x86_64__)
#include "templates/vector_avx512.h"
#include "templates/f32_dot.h"
#include "templates/vector_end.h"
#endif
