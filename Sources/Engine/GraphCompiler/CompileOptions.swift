import ComputeKernels

/// What a caller may choose when a graph is compiled.
public struct CompileOptions: Sendable {
  /// Orders of inputs and outputs in a session's buffers, by name; row-major unless said. With `.channelsLast` an image can be
  /// written, and a map be read, pixel by pixel without a conversion.
  public var orders: [String: AxisOrder]
  /// The instructions that kernels use.
  public var instructionSet: InstructionSet
  /// Whether rewrite rules run; without them each node becomes a step of its own.
  public var appliesRules: Bool
  /// The most bytes that a session may need for values between inputs and outputs, these included.
  public var memoryLimit: Int
  /// The threads that runs are expected to use: where kernels are measured, with so many. Any number may run the plan.
  public var threads: Int
  /// What is known of kernels' speed on this machine.
  public var timings: KernelTimings

  /// Makes options.
  public init(
    orders: [String: AxisOrder] = [:], instructionSet: InstructionSet = .selected, appliesRules: Bool = true,
    memoryLimit: Int = 16 << 30, threads: Int = WorkerPool.processorCount, timings: KernelTimings = .shared
  ) {
    self.orders = orders
    self.instructionSet = instructionSet
    self.appliesRules = appliesRules
    self.memoryLimit = memoryLimit
    self.threads = threads
    self.timings = timings
  }
}
