#include "templates/vector_portable.h"
#include "templates/f32_transpose.h"
#include "templates/vector_end.h"
