#include "templates/vector_portable.h"
#include "templates/f32_layer_normalization.h"
#include "templates/vector_end.h"
