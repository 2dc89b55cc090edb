#include "templates/vector_portable.h"
#include "templates/f32_dot.h"
#include "templates/vector_end.h"
