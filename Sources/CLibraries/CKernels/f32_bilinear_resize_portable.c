#include "templates/vector_portable.h"
#include "templates/f32_bilinear_resize.h"
#include "templates/vector_end.h"
