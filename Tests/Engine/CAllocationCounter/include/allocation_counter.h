// Counts what one thread allocates: test programs that link this target allocate through it.
#pragma once

#include <stdbool.h>

/// Whether allocations are counted: not under a sanitizer, which brings an allocator of its own.
bool allocation_counter_is_available(void);

/// The calls of malloc, calloc, realloc, posix_memalign and aligned_alloc of the calling thread so far.
long allocation_counter_value(void);
