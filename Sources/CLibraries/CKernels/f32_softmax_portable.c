#include "templates/vector_portable.h"
#include "templates/f32_softmax.h"
#include "templates/vector_end.h"
