import CKernels
import Glibc
import Tensors

/// Measures what this processor can do at most, with nothing else in the way.
package enum MachineSpeed {
  /// Returns the arithmetic peak in 10^9 operations per second, two for each multiply-add: chains of them in registers.
  ///
  /// - Parameter attempts: Measurements of a third of a millisecond or so; the fastest counts.
  package static func gigaflops(_ set: InstructionSet, threads: Int, attempts: Int = 40) -> Double {
    let kernels = set.kernels
    let items = 32 * threads
    let operations = 2 * peak_chains * peak_rounds * kernels.lanes * items
    let sink = UnsafeMutablePointer<Float>.allocate(capacity: 64)
    defer { sink.deallocate() }
    // Factors for which the sums neither vanish nor grow.
    var arguments = multiply_add_arguments(factor: 0.5, term: 1, sink: sink)
    return fastest(threads: threads, attempts: attempts, amount: operations) { pool in
      // Safe: a pool has at most 64 workers, each of which writes one float.
      pool.run(
        kernels.functions.multiply_add_task, &arguments, count: items, grain: 4, work: operations)
    }
  }

  /// Returns the bytes in 10^9 per second, read and written, of copying so many bytes over and over.
  ///
  /// - Parameter byteCount: Of input and output together: fewer than a cache has, or more than all of them.
  package static func bandwidth(
    _ set: InstructionSet, threads: Int, byteCount: Int, attempts: Int = 12
  ) -> Double {
    let kernels = set.kernels
    let floats = byteCount / 8 / 16 * 16
    let input = TensorStorage(byteCount: 4 * floats)
    let output = TensorStorage(byteCount: 4 * floats)
    memset(input.baseAddress, 0, 4 * floats)
    memset(output.baseAddress, 0, 4 * floats)
    // Safe: both blocks have `floats` floats and live until the runs are over.
    var arguments = scaled_copy_arguments(
      input: input.baseAddress.assumingMemoryBound(to: Float.self),
      output: output.baseAddress.assumingMemoryBound(to: Float.self), factor: 2)
    let share = (floats / threads / 4 + 15) / 16 * 16
    return fastest(threads: threads, attempts: attempts, amount: 8 * floats) { pool in
      pool.run(kernels.functions.scaled_copy_task, &arguments, count: floats, grain: share, work: floats)
    }
  }

  /// The largest amount per nanosecond of several measurements.
  private static func fastest(threads: Int, attempts: Int, amount: Int, _ body: (WorkerPool) -> Void)
    -> Double
  {
    let pool = WorkerPool.shared(threads: threads)
    var least = Double.infinity
    for _ in 0..<attempts {
      pool.beginRun()
      let start = now()
      body(pool)
      least = min(least, Double(now() - start))
      pool.endRun()
    }
    return least > 0 ? Double(amount) / least : 0
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
