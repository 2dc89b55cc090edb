#include "templates/vector_portable.h"
#include "templates/f32_color_fit.h"
#include "templates/vector_end.h"
