#include "templates/vector_portable.h"
#include "templates/f32_unary.h"
#include "templates/vector_end.h"
