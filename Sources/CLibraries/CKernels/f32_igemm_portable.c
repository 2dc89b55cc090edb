#include "templates/vector_portable.h"
#include "templates/f32_igemm.h"
#include "templates/vector_end.h"
