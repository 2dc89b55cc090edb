#include "templates/vector_portable.h"
#include "templates/f32_peak.h"
#include "templates/vector_end.h"
