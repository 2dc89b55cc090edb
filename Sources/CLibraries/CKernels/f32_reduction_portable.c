#include "templates/vector_portable.h"
#include "templates/f32_reduction.h"
#include "templates/vector_end.h"
