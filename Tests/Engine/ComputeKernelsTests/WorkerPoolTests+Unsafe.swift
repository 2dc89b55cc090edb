import ComputeKernels
import Glibc
import Synchronization
import Testing

/// Counts how often each item was done.
private final class Tally: Sendable {
  let items: [Atomic<Int>.Box]
  init(count: Int) { items = (0..<count).map { _ in Atomic<Int>.Box() } }
}

extension Atomic where Value == Int {
  fileprivate final class Box: Sendable {
    let value = Atomic<Int>(0)
    init() {}
  }
}

/// Adds 1 to each item of the tally that `context` points to.
private let count: @convention(c) (UnsafeMutableRawPointer?, Int, Int, Int) -> Void = {
  context, from, to, _ in
  // Safe: every caller below passes a tally that it keeps alive.
  let tally = Unmanaged<Tally>.fromOpaque(context!).takeUnretainedValue()
  for item in from..<to { tally.items[item].value.add(1, ordering: .relaxed) }
}

extension WorkerPool {
  fileprivate func tally(_ items: Int, grain: Int, runs: Int = 1) -> [Int] {
    let tally = Tally(count: items)
    for _ in 0..<runs {
      parallel(count: items, grain: grain, count, context: Unmanaged.passUnretained(tally).toOpaque())
    }
    return tally.items.map { $0.value.load(ordering: .relaxed) }
  }
}

@Suite struct WorkerPoolTests {
  @Test func doesEveryItemOnce() {
    for threads in [1, 2, 7] {
      let pool = WorkerPool.shared(threads: threads)
      for items in [0, 1, 2, 3, 17, 100] {
        for grain in [0, 1, 3, 200] {
          #expect(pool.tally(items, grain: grain).allSatisfy { $0 == 1 }, "outside a run")
          pool.beginRun()
          #expect(
            pool.tally(items, grain: grain) == [Int](repeating: 1, count: items),
            "\(threads) threads, \(items) items, grain \(grain)")
          pool.endRun()
        }
      }
    }
  }

  @Test func survivesManyShortJobs() {
    let pool = WorkerPool.shared(threads: 2)
    for _ in 0..<50 {
      pool.beginRun()
      #expect(pool.tally(8, grain: 1, runs: 200) == [Int](repeating: 200, count: 8))
      pool.endRun()
    }
  }

  @Test func servesSeveralRunsAtOnce() async {
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let pool = WorkerPool.shared(threads: 2)
          return (0..<50).allSatisfy { _ in
            pool.beginRun()
            defer { pool.endRun() }
            return pool.tally(13, grain: 2, runs: 20) == [Int](repeating: 20, count: 13)
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func allowsRunsInsideRuns() {
    let pool = WorkerPool.shared(threads: 2)
    pool.beginRun()
    pool.beginRun()
    #expect(pool.tally(5, grain: 1) == [1, 1, 1, 1, 1])
    pool.endRun()
    #expect(pool.tally(5, grain: 1) == [1, 1, 1, 1, 1])
    pool.endRun()
  }

  @Test func countsDenormalsAsZeroDuringRunsOnly() {
    let pool = WorkerPool.shared(threads: 1)
    let kernel = UnaryElementwise(count: 9, activation: .negate)
    let tiny = [Float](repeating: Float.leastNonzeroMagnitude, count: 9)
    #expect(run(kernel, [tiny], output: tiny).allSatisfy { $0 == 0 })
    #expect(Float.leastNormalMagnitude * Float(pool.threadCount) / 2 != 0)
  }
}
