import CKernels
import Glibc

/// The right to use some of the process's worker threads.
///
/// All pools share one set of workers, which sleep outside runs and spin for work inside. While one session's run
/// holds them, another session's run works on its own thread alone.
///
///     let pool = WorkerPool.shared(threads: 2)
///     pool.beginRun()
///     kernel.run(buffers, on: pool)
///     pool.endRun()
public final class WorkerPool: Sendable {
  /// The processors that this process may use.
  public static let processorCount = max(1, min(64, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))

  /// The number of threads that work in a run, the calling thread included.
  public let threadCount: Int

  private init(threads: Int) {
    threadCount = max(1, min(threads, Self.processorCount))
    worker_pool_reserve(threadCount)
  }

  /// Returns a pool of so many threads, at least 1 and at most `processorCount`.
  public static func shared(threads: Int) -> WorkerPool { WorkerPool(threads: threads) }

  /// Wakes the workers and makes denormal numbers count as zero, until `endRun` on the same thread.
  public func beginRun() { worker_pool_begin_run(threadCount) }

  /// Ends the run that this thread began last.
  public func endRun() { worker_pool_end_run() }
}
