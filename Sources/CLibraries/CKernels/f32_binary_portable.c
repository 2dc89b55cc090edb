#include "templates/vector_portable.h"
#include "templates/f32_binary.h"
#include "templates/vector_end.h"
