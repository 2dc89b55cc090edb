/// One kernel that could compute a step.
package struct KernelCandidate {
  /// The kernel as profiles show it.
  package var name: String
  /// What it is expected to cost: products, those of whole vectors that hold nothing included, at the speed of AVX2's.
  package var work: Double
  /// Makes the kernel, which may pack weights.
  package let make: () -> any PreparedKernel

  /// Makes a candidate.
  package init(name: String, work: Double, make: @escaping () -> any PreparedKernel) {
    self.name = name
    self.work = work
    self.make = make
  }
}

/// What candidates compete for.
package struct KernelProblem: Sendable, Hashable {
  /// Everything that their speed depends on, apart from the machine, in one line without tabulators.
  package var name: String
  /// The floats of each input and of the output.
  package var inputCounts: [Int]
  package var outputCount: Int

  /// Makes a problem.
  package init(name: String, inputCounts: [Int], outputCount: Int) {
    self.name = name
    self.inputCounts = inputCounts
    self.outputCount = outputCount
  }
}

/// The kernel that was picked, and among which.
package struct KernelSelection {
  /// The kernel.
  package let kernel: any PreparedKernel
  /// What could have been picked; empty where there was no choice.
  package var contenders: [KernelContender]

  /// Makes a selection; without contenders there was no choice.
  package init(kernel: any PreparedKernel, contenders: [KernelContender] = []) {
    self.kernel = kernel
    self.contenders = contenders
  }
}

/// A kernel that could compute a step, as reports show it.
public struct KernelContender: Sendable, Hashable {
  /// The kernel as profiles show it.
  public let name: String
  /// What it is expected to cost, in products at the speed of AVX2's.
  public let work: Double
  /// What it was measured to take on this machine; nil where it was not.
  public let nanoseconds: UInt64?
  /// Whether it was picked.
  public let isPicked: Bool
}
