#include "templates/vector_portable.h"
#include "templates/f32_winograd.h"
#include "templates/vector_end.h"
