import ComputeKernels
import GraphCompiler
import Graphs
import Tensors

/// The memory and threads to run one model, one run at a time.
///
/// Everything is allocated when the session is made. Where speed counts, write inputs and read outputs in place:
///
///     let session = Session(model, threads: 2)
///     try session.withInput("image") { pixels in pixels.update(repeating: 0.5) }
///     try session.run()
///     let first = try session.withOutput("mask") { logits in logits[0] }
///     session.profile.layers.max { $0.nanoseconds < $1.nanoseconds }?.name
///
/// A session may move between threads but serves one at a time; make one session per thread, they share the model's weights.
public final class Session {
  /// The threads a session uses unless told otherwise: one per processor.
  public static var defaultThreadCount: Int { WorkerPool.processorCount }

  /// The model.
  public let model: Model

  /// Whether runs take the time of each step; without it a profile has the end-to-end time alone.
  public var timesLayers = true

  private let pool: WorkerPool
  private let memory: SessionMemory
  private var endToEnd: UInt64 = 0

  /// Allocates what runs of `model` need.
  ///
  /// - Parameter threads: The threads that a run may use, the caller's included; at most one per processor serves.
  public init(_ model: Model, threads: Int = Session.defaultThreadCount) {
    self.model = model
    pool = WorkerPool.shared(threads: threads)
    memory = SessionMemory(model.plan)
  }

  /// The threads that a run uses, the caller's included.
  public var threadCount: Int { pool.threadCount }

  /// Runs the model on `inputs` and returns its outputs, both by name and in logical order.
  ///
  /// - Throws: `InferenceError` when an input is missing, unknown or of another type, or when a step fails.
  public func run(_ inputs: [String: Tensor]) throws -> [String: Tensor] {
    let endpoints = model.plan.inputs
    if let unknown = inputs.keys.filter({ name in !endpoints.contains { $0.name == name } }).min() {
      throw InferenceError.unknownName(unknown, kind: "input", known: endpoints.map(\.name))
    }
    for endpoint in endpoints {
      guard let tensor = inputs[endpoint.name] else {
        throw InferenceError.missingInput(endpoint.name, expected: endpoint.type)
      }
      let found = ValueType(tensor.shape, elementType: tensor.elementType)
      guard found == endpoint.type else {
        throw InferenceError.type(name: endpoint.name, expected: endpoint.type, found: found)
      }
      memory.write(tensor, to: endpoint)
    }
    try run()
    return model.plan.outputs.reduce(into: [:]) { $0[$1.name] = memory.tensor(of: $1) }
  }

  /// Runs the model on what the input buffers hold. Allocates nothing unless the plan has reference steps.
  ///
  /// - Throws: `InferenceError.step` when a step fails, which only reference steps can.
  public func run() throws {
    let start = SessionMemory.now()
    pool.beginRun()
    defer {
      pool.endRun()
      endToEnd = SessionMemory.now() - start
    }
    try memory.run(on: pool, timing: timesLayers)
  }

  /// Calls `body` with the buffer of an input, to be filled in the order that the plan's endpoint says.
  ///
  /// - Throws: `InferenceError` when there is no float32 input of this name, and what `body` throws.
  public func withInput<Result>(
    _ name: String, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) throws -> Result {
    let endpoint = try endpoint(name, in: model.plan.inputs, kind: "input")
    return try body(memory.floats(of: endpoint))
  }

  /// Calls `body` with the buffer of an output, in the order that the plan's endpoint says, as the last run left it.
  ///
  /// - Throws: `InferenceError` when there is no float32 output of this name, and what `body` throws.
  public func withOutput<Result>(_ name: String, _ body: (UnsafeBufferPointer<Float>) throws -> Result)
    throws -> Result
  {
    let endpoint = try endpoint(name, in: model.plan.outputs, kind: "output")
    return try body(UnsafeBufferPointer(memory.floats(of: endpoint)))
  }

  /// Returns a copy of an output of the last run, in logical order.
  ///
  /// - Throws: `InferenceError.unknownName` when there is no output of this name.
  public func output(_ name: String) throws -> Tensor {
    guard let endpoint = model.plan.outputs.first(where: { $0.name == name }) else {
      throw InferenceError.unknownName(name, kind: "output", known: model.plan.outputs.map(\.name))
    }
    return memory.tensor(of: endpoint)
  }

  /// The nanoseconds of each step of the last run, in the plan's order; all zero before the first.
  public var stepNanoseconds: [UInt64] { memory.stepTimes }

  /// The nanoseconds from the last call of `run` to its return.
  public var endToEndNanoseconds: UInt64 { endToEnd }

  /// Where the last run's time went; all zero before the first.
  public var profile: LayerProfile {
    let times = memory.stepTimes
    let layers = zip(model.plan.steps, times).map { step, time in
      LayerProfile.Layer(
        name: step.name, type: step.operation, kernel: step.kernelName, outputShape: step.outputType.shape,
        cost: step.cost, parameterCount: step.parameterCount, nanoseconds: time)
    }
    return LayerProfile(
      layers: layers, endToEndNanoseconds: endToEnd,
      remainderNanoseconds: endToEnd - times.reduce(0, +))
  }

  private func endpoint(_ name: String, in endpoints: [PlanEndpoint], kind: String) throws -> PlanEndpoint {
    guard let endpoint = endpoints.first(where: { $0.name == name }) else {
      throw InferenceError.unknownName(name, kind: kind, known: endpoints.map(\.name))
    }
    guard endpoint.type.elementType == .float32 else {
      throw InferenceError.type(name: name, expected: ValueType(endpoint.type.shape), found: endpoint.type)
    }
    return endpoint
  }
}
