// The baseline of the platform: SSE2 on x86-64, NEON on AArch64, whatever the compiler makes of it elsewhere.
#define LANES 4
#define SUFFIX portable
#define TILE_ROWS 4
#include "vector.h"
