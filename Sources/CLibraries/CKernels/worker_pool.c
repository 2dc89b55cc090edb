// The workers of the process; see worker_pool.h for the contract.
//
// A job is published by storing its number of chunks in `remaining`. A thread claims a chunk by decrementing it, and
// only then reads what to do: a job cannot end, nor the next begin, before every claimed chunk has been counted in
// `completed`.
//
// Each thread has a share of the chunks, one behind the other, and takes from others' when it is done: the rows that
// an operator wrote are then read by the same processor, from its own cache, when the next operator's turn comes.
#include "worker_pool.h"
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
static inline void pause_briefly(void) { _mm_pause(); }
typedef unsigned int floating_point_mode;
static inline floating_point_mode flush_denormals(void) {
  const floating_point_mode before = _mm_getcsr();
  _mm_setcsr(before | 0x8040);
  return before;
}
static inline void restore_mode(floating_point_mode mode) { _mm_setcsr(mode); }
#elif defined(__aarch64__)
static inline void pause_briefly(void) { __asm__ __volatile__("yield"); }
typedef uint64_t floating_point_mode;
static inline floating_point_mode flush_denormals(void) {
  floating_point_mode before;
  __asm__ __volatile__("mrs %0, fpcr" : "=r"(before));
  __asm__ __volatile__("msr fpcr, %0" ::"r"(before | (1u << 24)));
  return before;
}
static inline void restore_mode(floating_point_mode mode) { __asm__ __volatile__("msr fpcr, %0" ::"r"(mode)); }
#else
static inline void pause_briefly(void) {}
typedef int floating_point_mode;
static inline floating_point_mode flush_denormals(void) { return 0; }
static inline void restore_mode(floating_point_mode mode) { (void)mode; }
#endif

enum { greatest_worker_count = 63, spins_before_yield = 2000 };

#define CACHE_LINE __attribute__((aligned(64)))

static struct {
  // What sleeping workers wait for, under `lock`: the run's number changes when a run begins.
  pthread_mutex_t lock;
  pthread_cond_t run_began;
  uint64_t run;
  ptrdiff_t worker_count;
  // Whether a thread's run holds the workers.
  CACHE_LINE atomic_bool is_held;
  // Workers with an index below take part in the run; 0 when none is active.
  CACHE_LINE _Atomic ptrdiff_t active_workers;
  // The job.
  CACHE_LINE _Atomic ptrdiff_t remaining;
  CACHE_LINE _Atomic ptrdiff_t completed;
  CACHE_LINE worker_pool_body body;
  void *context;
  ptrdiff_t count, grain, chunks, shares;
  // For each share, how many of its chunks were taken, or asked for in vain.
  struct {
    CACHE_LINE _Atomic ptrdiff_t taken;
  } share[greatest_worker_count + 1];
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .run_began = PTHREAD_COND_INITIALIZER};

static _Thread_local struct {
  ptrdiff_t depth;        // runs this thread is inside
  bool holds_workers;
  bool is_working;        // inside worker_pool_run
  floating_point_mode mode;
} current;

/// The first chunk of a share, which ends where the next one begins.
static ptrdiff_t first_chunk(ptrdiff_t share) { return share * pool.chunks / pool.shares; }

/// Takes a chunk, of the thread's own share where there is one, for a thread that has claimed one.
static ptrdiff_t take_chunk(ptrdiff_t worker) {
  for (ptrdiff_t share = worker % pool.shares;; share = (share + 1) % pool.shares) {
    const ptrdiff_t first = first_chunk(share), size = first_chunk(share + 1) - first;
    // As many chunks are left as were claimed: a share is empty for good, and one of them is not empty.
    const ptrdiff_t taken = atomic_fetch_add_explicit(&pool.share[share].taken, 1, memory_order_relaxed);
    if (taken < size) return first + taken;
  }
}

/// Claims and does one chunk; false when none is left.
static bool work_once(ptrdiff_t worker) {
  ptrdiff_t left = atomic_load_explicit(&pool.remaining, memory_order_relaxed);
  do {
    if (left <= 0) return false;
  } while (!atomic_compare_exchange_weak_explicit(
      &pool.remaining, &left, left - 1, memory_order_acquire, memory_order_relaxed));
  const ptrdiff_t from = take_chunk(worker) * pool.grain;
  const ptrdiff_t to = from + pool.grain < pool.count ? from + pool.grain : pool.count;
  pool.body(pool.context, from, to, worker);
  atomic_fetch_add_explicit(&pool.completed, 1, memory_order_release);
  return true;
}

static void *worker_main(void *argument) {
  const ptrdiff_t index = (ptrdiff_t)(intptr_t)argument;
  flush_denormals();
  current.is_working = true;
  uint64_t seen = 0;
  for (;;) {
    pthread_mutex_lock(&pool.lock);
    while (pool.run == seen) pthread_cond_wait(&pool.run_began, &pool.lock);
    seen = pool.run;
    pthread_mutex_unlock(&pool.lock);
    unsigned spins = 0;
    while (index < atomic_load_explicit(&pool.active_workers, memory_order_relaxed)) {
      if (work_once(index + 1)) {
        spins = 0;
      } else if (++spins < spins_before_yield) {
        pause_briefly();
      } else {
        sched_yield();
      }
    }
  }
  return NULL;
}

void worker_pool_reserve(ptrdiff_t threads) {
  pthread_mutex_lock(&pool.lock);
  while (pool.worker_count < threads - 1 && pool.worker_count < greatest_worker_count) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    const int failure =
        pthread_create(&thread, &attributes, worker_main, (void *)(intptr_t)pool.worker_count);
    pthread_attr_destroy(&attributes);
    if (failure) break;
    pool.worker_count++;
  }
  pthread_mutex_unlock(&pool.lock);
}

void worker_pool_begin_run(ptrdiff_t threads) {
  if (current.depth++ > 0) return;
  current.mode = flush_denormals();
  if (threads <= 1 || atomic_exchange_explicit(&pool.is_held, true, memory_order_acquire)) return;
  current.holds_workers = true;
  pthread_mutex_lock(&pool.lock);
  pool.run++;
  atomic_store_explicit(
      &pool.active_workers, threads - 1 < pool.worker_count ? threads - 1 : pool.worker_count,
      memory_order_relaxed);
  pthread_mutex_unlock(&pool.lock);
  pthread_cond_broadcast(&pool.run_began);
}

void worker_pool_end_run(void) {
  if (--current.depth > 0) return;
  restore_mode(current.mode);
  if (!current.holds_workers) return;
  current.holds_workers = false;
  atomic_store_explicit(&pool.active_workers, 0, memory_order_relaxed);
  atomic_store_explicit(&pool.is_held, false, memory_order_release);
}

void worker_pool_run(worker_pool_body body, void *context, ptrdiff_t count, ptrdiff_t grain) {
  if (count <= 0) return;
  if (!current.holds_workers || current.is_working || count <= grain) {
    body(context, 0, count, 0);
    return;
  }
  current.is_working = true;
  pool.body = body;
  pool.context = context;
  pool.count = count;
  pool.grain = grain;
  pool.chunks = (count + grain - 1) / grain;
  pool.shares = 1 + atomic_load_explicit(&pool.active_workers, memory_order_relaxed);
  for (ptrdiff_t share = 0; share < pool.shares; share++)
    atomic_store_explicit(&pool.share[share].taken, 0, memory_order_relaxed);
  atomic_store_explicit(&pool.completed, 0, memory_order_relaxed);
  const ptrdiff_t chunks = pool.chunks;
  atomic_store_explicit(&pool.remaining, chunks, memory_order_release);
  while (work_once(0)) {}
  for (unsigned spins = 0; atomic_load_explicit(&pool.completed, memory_order_acquire) < chunks;) {
    if (++spins < spins_before_yield) pause_briefly();
    else sched_yield();
  }
  current.is_working = false;
}
