// One set of worker threads for the whole process.
//
// A run borrows the workers from `worker_pool_begin_run` to `worker_pool_end_run`, both called on the same thread.
// In between the workers spin for work; outside runs they sleep. While one thread's run holds the workers, another
// thread's run does all its work alone: it is slower, never wrong.
#pragma once

#include <stddef.h>

/// Does the work items from..<to. `worker` is 0 for the calling thread, else below the thread count.
typedef void (*worker_pool_body)(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker);

/// Makes sure that `threads - 1` workers exist, so far as the system grants them.
void worker_pool_reserve(ptrdiff_t threads);

/// Starts a run with up to `threads` threads, this one included; denormals count as zero until it ends.
void worker_pool_begin_run(ptrdiff_t threads);

/// Ends the run that this thread began last.
void worker_pool_end_run(void);

/// Calls `body` on chunks of `grain` (at least 1) of the items 0..<count, on all threads of the run, and returns
/// when every item is done. Outside a run, or inside another `worker_pool_run`, calls it once for all items.
void worker_pool_run(worker_pool_body body, void *context, ptrdiff_t count, ptrdiff_t grain);
