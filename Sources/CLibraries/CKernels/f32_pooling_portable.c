#include "templates/vector_portable.h"
#include "templates/f32_pooling.h"
#include "templates/vector_end.h"
