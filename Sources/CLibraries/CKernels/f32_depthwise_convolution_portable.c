#include "templates/vector_portable.h"
#include "templates/f32_depthwise_convolution.h"
#include "templates/vector_end.h"
