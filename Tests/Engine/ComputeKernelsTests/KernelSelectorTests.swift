import ComputeKernels
import Synchronization
import Testing

@Suite struct KernelSelectorTests {
  /// A kernel that computes nothing.
  private struct Named: PreparedKernel {
    let name: String
    func run(_ buffers: KernelBuffers, on pool: WorkerPool) {}
  }

  private static let problem = KernelProblem(name: "problem", inputCounts: [4], outputCount: 4)

  private func candidates(_ works: KeyValuePairs<String, Double>) -> [KernelCandidate] {
    works.map { name, work in KernelCandidate(name: name, work: work) { Named(name: name) } }
  }

  private func pick(_ works: KeyValuePairs<String, Double>, _ timings: KernelTimings) -> KernelSelection {
    var selector = KernelSelector(timings: timings, instructionSet: .portable, threads: 1)
    return selector.select(candidates(works), for: Self.problem)
  }

  /// Timings that "measure" what is given, and count how often.
  private func measuring(_ times: [String: UInt64], milliseconds: Int = 1000, calls: Counter) -> KernelTimings
  {
    let timings = KernelTimings()
    timings.measure(keepingIn: nil, milliseconds: milliseconds) { kernels, problem, threads in
      calls.value.withLock { $0 += 1 }
      #expect(problem == Self.problem && threads == 1)
      return kernels.map { times[$0.name]! }
    }
    return timings
  }

  private final class Counter: Sendable {
    let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
  }

  @Test func withoutMeasurementsTheLeastExpectedCostWins() {
    #expect(pick(["a": 3, "b": 2, "c": 2], KernelTimings()).kernel.name == "b")
    #expect(pick(["a": 1], KernelTimings()).contenders.isEmpty)
  }

  @Test func measurementsDecideWhereTheyAreClear() {
    let calls = Counter()
    #expect(pick(["a": 10, "b": 11], measuring(["a": 100, "b": 95], calls: calls)).kernel.name == "b")
    // Three per cent less may be noise.
    #expect(pick(["a": 10, "b": 11], measuring(["a": 100, "b": 97], calls: calls)).kernel.name == "a")
    #expect(calls.count == 2)
  }

  @Test func whatIsExpectedToBeMuchSlowerIsNotTimed() {
    let calls = Counter()
    let selection = pick(["a": 10, "b": 11, "c": 30], measuring(["a": 100, "b": 50], calls: calls))
    #expect(selection.kernel.name == "b")
    #expect(selection.contenders.map(\.nanoseconds) == [100, 50, nil])
    #expect(selection.contenders.map(\.isPicked) == [false, true, false])
  }

  @Test func aProblemIsMeasuredOnce() {
    let calls = Counter()
    let timings = measuring(["a": 100, "b": 50], calls: calls)
    for _ in 0..<3 { #expect(pick(["a": 10, "b": 11], timings).kernel.name == "b") }
    #expect(calls.count == 1)
    // A kernel that was not there at the time makes it worth another look.
    _ = pick(["a": 10, "b": 11], timings)
    #expect(calls.count == 1)
  }

  @Test func nothingIsMeasuredWithoutAllowanceNorVeryLongRuns() {
    let calls = Counter()
    #expect(
      pick(["a": 10, "b": 11], measuring(["a": 100, "b": 50], milliseconds: 0, calls: calls)).kernel.name
        == "a")
    #expect(pick(["a": 1e12, "b": 1.1e12], measuring(["a": 100, "b": 50], calls: calls)).kernel.name == "a")
    #expect(calls.count == 0)
  }

  @Test func whatABusyMachineDoesIsNotKept() {
    let calls = Counter()
    let timings = KernelTimings()
    timings.measure(keepingIn: nil, milliseconds: 1000) { _, _, _ in
      calls.value.withLock { $0 += 1 }
      return nil
    }
    for attempt in 1...3 {
      #expect(pick(["a": 10, "b": 11], timings).kernel.name == "a")
      #expect(calls.count == attempt)
    }
  }

  @Test func partOfTheTimesDoesNotDecide() {
    #expect(KernelSelector.pick([100, nil, 10], expected: 0) == 0)
    #expect(KernelSelector.pick([100, 50, 10], expected: 0) == 2)
    #expect(KernelSelector.pick([10, 50, 100], expected: 1) == 0)
  }

  @Test(arguments: InstructionSet.available)
  func theStopwatchTimesRealKernels(set: InstructionSet) {
    let shape = ImageShape(height: 6, width: 6, channels: 8)
    let choice = ConvolutionChoice(
      input: shape, output: shape, window: Window(kernel: (3, 3), padding: (1, 1, 1, 1)),
      weights: .init([8, 8, 3, 3]), epilogue: Epilogue(residualPixelStride: 8))
    let kernels = choice.candidates(set).map { $0.make() }
    // None on a busy machine.
    guard let times = KernelStopwatch.least(kernels, choice.problem, threads: 2) else { return }
    #expect(times.count == kernels.count)
    #expect(times.allSatisfy { $0 > 0 && $0 < 10_000_000_000 })
  }
}
