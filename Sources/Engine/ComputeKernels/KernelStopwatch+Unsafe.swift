import CKernels
import Glibc
import Tensors

/// Times kernels that compute the same, side by side.
package enum KernelStopwatch {
  /// Rounds of which the fastest counts; after the least of them none begins when so many nanoseconds are over.
  private static let rounds = (least: 3, most: 16)
  private static let enough: UInt64 = 4_000_000
  /// The two fastest runs of a kernel may differ by so much of the fastest; else the machine was busy with other things.
  private static let steadyShare = 0.05
  /// The share of a run's time that its thread must have had a processor for; it spins where it waits for others.
  private static let ownShare = 0.95
  /// Floats that are copied before each run, on each thread: more than a second-level cache keeps.
  private static let evictedFloats = 256 * 1024

  /// Returns the fewest nanoseconds of several runs of each kernel, which take turns; nil when the machine was too busy for
  /// them to mean much.
  ///
  /// Before each run other memory passes through the second-level caches, as other layers do in a network: a kernel that
  /// reads its weights more often than another would else look too fast.
  @Sendable package static func least(_ kernels: [any PreparedKernel], _ problem: KernelProblem, threads: Int)
    -> [UInt64]?
  {
    let pool = WorkerPool.shared(threads: threads)
    let inputs = problem.inputCounts.map { filled(count: $0) }
    let output = filled(count: problem.outputCount)
    let scratch = TensorStorage(byteCount: kernels.map(\.scratchByteCount).max() ?? 0)
    let other = filled(count: 2 * evictedFloats * pool.threadCount)
    let inputAddresses = inputs.map { UnsafeRawPointer?($0.baseAddress) }
    var times = [(first: UInt64, second: UInt64)](repeating: (.max, .max), count: kernels.count)
    // Safe: the blocks have the sizes that the problem and the kernels state, and live to the end of this function.
    withExtendedLifetime((inputs, output, scratch, other)) {
      inputAddresses.withUnsafeBufferPointer { inputs in
        withUnsafePointer(to: output.baseAddress) { output in
          // A kernel without inputs reads none; the pointer must be one all the same.
          let buffers = KernelBuffers(
            inputs: inputs.baseAddress ?? UnsafePointer(bitPattern: 64)!, outputs: output,
            scratch: scratch.baseAddress)
          pool.beginRun()
          let start = now()
          for round in 0..<rounds.most {
            if round >= rounds.least, now() - start > enough { break }
            for index in kernels.indices {
              evict(other, pool)
              let processor = now(CLOCK_THREAD_CPUTIME_ID)
              let began = now()
              kernels[index].run(buffers, on: pool)
              let time = max(now() - began, 1)
              // Another program had the processor: the run says nothing.
              guard Double(now(CLOCK_THREAD_CPUTIME_ID) - processor) > ownShare * Double(time) else {
                continue
              }
              let (first, second) = times[index]
              times[index] = time < first ? (time, first) : (first, min(second, time))
            }
          }
          pool.endRun()
        }
      }
    }
    let isSteady = times.allSatisfy {
      $0.second < .max && Double($0.second - $0.first) <= steadyShare * Double($0.first)
    }
    return isSteady ? times.map(\.first) : nil
  }

  /// Nanoseconds of a clock that never steps back.
  static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Returns a block of small positive floats.
  private static func filled(count: Int) -> TensorStorage {
    let storage = TensorStorage(byteCount: 4 * count)
    // Safe: the block has so many bytes; 0x3c3c3c3c is 0.0115.
    memset(storage.baseAddress, 0x3c, 4 * count)
    return storage
  }

  private static func evict(_ block: TensorStorage, _ pool: WorkerPool) {
    let floats = evictedFloats * pool.threadCount
    let base = block.baseAddress.assumingMemoryBound(to: Float.self)
    // Safe: the block has twice as many floats, and lives as long as the run.
    var arguments = scaled_copy_arguments(input: base, output: base + floats, factor: 1)
    pool.run(
      InstructionSet.selected.kernels.functions.scaled_copy_task, &arguments, count: floats,
      grain: evictedFloats, work: floats)
  }
}
