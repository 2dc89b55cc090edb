/// Chooses among kernels that compute the same, during one compilation.
///
/// The cost model says which candidates are worth a look and which is taken unless measurements say otherwise.
/// Candidates that a cold machine does not know yet are timed once, on the step's own shapes, until the compilation has
/// spent its allowance; what is left is timed by later compilations.
package struct KernelSelector {
  private let timings: KernelTimings
  private let machine: String
  /// The threads that runs are expected to use.
  package let threads: Int
  /// Nanoseconds that may still be spent on timing when it begins with a step.
  private var allowance: UInt64

  /// Candidates whose expected cost is this many times the least are not timed.
  static let promising = 1.6
  /// A candidate is preferred to the expected best when it takes less than this share of its time.
  static let clearShare = 0.96
  /// A step that a run is expected to spend more nanoseconds on is left to the cost model.
  static let longestRun = 100_000_000.0

  /// Makes a selector for one compilation.
  ///
  /// - Parameter threads: the threads that runs are expected to use.
  package init(timings: KernelTimings, instructionSet: InstructionSet, threads: Int) {
    self.timings = timings
    self.threads = max(1, min(threads, WorkerPool.processorCount))
    machine = "\(InstructionSet.processorName), \(instructionSet.rawValue), \(self.threads) threads"
    allowance = timings.allowance
  }

  /// Returns the best of `candidates`, which are not empty.
  package mutating func select(_ candidates: [KernelCandidate], for problem: KernelProblem) -> KernelSelection
  {
    let expected = candidates.indices.min { candidates[$0].work < candidates[$1].work }!
    let most = candidates[expected].work * Self.promising
    let rivals = candidates.indices.filter { candidates[$0].work <= most }
    guard candidates.count > 1 else { return KernelSelection(kernel: candidates[0].make()) }
    let key = "\(machine): \(problem.name)"
    var known = timings.nanoseconds(for: key)
    var kernels: [Int: any PreparedKernel] = [:]
    if rivals.count > 1, !rivals.allSatisfy({ known[candidates[$0].name] != nil }),
      let stopwatch = timings.stopwatch, allowance > 0,
      candidates[expected].work / Self.productsPerNanosecond < Self.longestRun
    {
      let start = KernelStopwatch.now()
      for index in rivals { kernels[index] = candidates[index].make() }
      // On a busy machine there are none: a later compilation may find it less so.
      if let times = stopwatch(rivals.map { kernels[$0]! }, problem, threads) {
        known = Dictionary(uniqueKeysWithValues: zip(rivals.map { candidates[$0].name }, times))
        timings.record(known, for: key)
      }
      allowance -= min(allowance, KernelStopwatch.now() - start)
    }
    let picked = Self.pick(
      rivals.map { known[candidates[$0].name] }, expected: rivals.firstIndex(of: expected)!)
    let index = rivals[picked]
    return KernelSelection(
      kernel: kernels[index] ?? candidates[index].make(),
      contenders: candidates.indices.map {
        KernelContender(
          name: candidates[$0].name, work: candidates[$0].work, nanoseconds: known[candidates[$0].name],
          isPicked: $0 == index)
      })
  }

  /// Keeps what was measured.
  package func finish() { timings.save() }

  /// Returns the index of the least time where all are known and it is clearly less than the expected one's.
  package static func pick(_ times: [UInt64?], expected: Int) -> Int {
    let known = times.compactMap { $0 }
    guard known.count == times.count, let best = known.indices.min(by: { known[$0] < known[$1] }),
      Double(known[best]) < clearShare * Double(known[expected])
    else { return expected }
    return best
  }

  /// Half of what a slow core of today multiplies.
  private static let productsPerNanosecond = 16.0
}
