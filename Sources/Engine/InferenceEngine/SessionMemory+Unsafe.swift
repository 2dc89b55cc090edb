import ComputeKernels
import Glibc
import GraphCompiler
import Graphs
import Tensors

/// The memory of one session and the loop over its steps: every address is resolved once, when the session is made.
final class SessionMemory {
  /// A step with its addresses.
  private struct BoundStep {
    let work: PlanStep.Work
    let name: String
    /// Where the step's addresses begin in `inputAddresses` and `outputAddresses`.
    let firstInput: Int
    let firstOutput: Int
    let outputTypes: [ValueType]
    let scratch: UnsafeMutableRawPointer
  }

  private let arena: TensorStorage
  /// Keeps the buffers of inputs, outputs and constants alive, by `BufferID.index`.
  private let storages: [TensorStorage?]
  private let addresses: [UnsafeMutableRawPointer]
  private let inputAddresses: UnsafeMutableBufferPointer<UnsafeRawPointer?>
  private let outputAddresses: UnsafeMutableBufferPointer<UnsafeMutableRawPointer>
  private let steps: ContiguousArray<BoundStep>
  /// When the loop began, and when each step ended.
  private let stamps: UnsafeMutableBufferPointer<UInt64>

  /// Allocates the memory of `plan`.
  init(_ plan: Plan) {
    let arena = TensorStorage(byteCount: plan.arenaByteCount)
    let storages = plan.buffers.map { buffer -> TensorStorage? in
      switch buffer.place {
      case .arena: nil
      case .input, .output: TensorStorage(byteCount: buffer.byteCount)
      // The compiler owns the constants of plans: whole storages, aligned and with a tail.
      case .constant(let tensor): tensor.storage
      }
    }
    let addresses = zip(plan.buffers, storages).map { buffer, storage -> UnsafeMutableRawPointer in
      // Safe: the memory plan placed every arena buffer that steps use inside `arenaByteCount`.
      if case .arena(let offset) = buffer.place { return arena.baseAddress + offset }
      return storage!.baseAddress
    }
    func address(_ view: StridedView) -> UnsafeMutableRawPointer {
      // Safe: a view's elements lie inside its buffer.
      addresses[view.buffer.index] + view.offset * plan.buffers[view.buffer.index].elementType.byteCount
    }
    let inputs = plan.steps.flatMap(\.inputs)
    inputAddresses = .allocate(capacity: inputs.count)
    for (index, view) in inputs.enumerated() {
      inputAddresses.initializeElement(at: index, to: view.map { UnsafeRawPointer(address($0)) })
    }
    let outputs = plan.steps.flatMap(\.outputs)
    outputAddresses = .allocate(capacity: outputs.count)
    for (index, view) in outputs.enumerated() {
      outputAddresses.initializeElement(at: index, to: address(view))
    }
    var (firstInput, firstOutput) = (0, 0)
    steps = ContiguousArray(
      plan.steps.enumerated().map { index, step in
        defer {
          firstInput += step.inputs.count
          firstOutput += step.outputs.count
        }
        return BoundStep(
          work: step.work, name: step.name, firstInput: firstInput, firstOutput: firstOutput,
          outputTypes: step.outputs.map { view in
            ValueType(Shape(view.dimensions), elementType: plan.buffers[view.buffer.index].elementType)
          },
          scratch: arena.baseAddress + plan.scratchOffsets[index])
      })
    stamps = .allocate(capacity: plan.steps.count + 1)
    stamps.initialize(repeating: 0)
    self.arena = arena
    self.storages = storages
    self.addresses = addresses
  }

  deinit {
    inputAddresses.deallocate()
    outputAddresses.deallocate()
    stamps.deallocate()
  }

  /// Nanoseconds of a clock that never steps back.
  static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The time each step took in the last run.
  var stepTimes: [UInt64] { zip(stamps, stamps.dropFirst()).map { $1 - $0 } }

  /// Runs all steps.
  ///
  /// - Parameter timing: Whether each step's end is stamped; without, all steps count as taking no time.
  /// - Throws: `InferenceError.step` when a reference step fails; the steps behind it count as taking no time.
  func run(on pool: WorkerPool, timing: Bool) throws {
    stamps[0] = timing ? Self.now() : 0
    // Safe: the address arrays hold each step's operands and results from its first index on, and a kernel reads as many
    // as it was made for. They are not empty where a step reads them.
    for index in steps.indices {
      do {
        try run(steps[index], on: pool)
      } catch {
        for rest in index..<steps.count { stamps[rest + 1] = stamps[index] }
        throw error
      }
      stamps[index + 1] = timing ? Self.now() : 0
    }
  }

  private func run(_ step: BoundStep, on pool: WorkerPool) throws {
    switch step.work {
    case .kernel(let kernel):
      kernel.run(
        KernelBuffers(
          inputs: UnsafePointer(inputAddresses.baseAddress! + step.firstInput),
          outputs: UnsafePointer(outputAddresses.baseAddress! + step.firstOutput), scratch: step.scratch),
        on: pool)
    case .reference(let operation, let constants, let types):
      try runReference(operation, constants, types, step)
    }
  }

  private func runReference(
    _ operation: any Operator, _ constants: [Tensor?], _ types: [ValueType?], _ step: BoundStep
  ) throws {
    var operands = constants
    for index in operands.indices {
      guard operands[index] == nil, let type = types[index],
        let address = inputAddresses[step.firstInput + index]
      else { continue }
      var tensor = Tensor(type.shape, elementType: type.elementType)
      // Safe: reference steps read dense row-major values of exactly this type.
      tensor.withUnsafeMutableBytes {
        $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: $0.count))
      }
      operands[index] = tensor
    }
    let results: [Tensor]
    do {
      results = try operation.evaluate(operands)
    } catch {
      throw InferenceError.step(name: step.name, operation: operation.name, reason: "\(error)")
    }
    for (index, result) in results.enumerated() {
      let type = step.outputTypes[index]
      guard result.shape == type.shape, result.elementType == type.elementType else {
        throw InferenceError.step(
          name: step.name, operation: operation.name,
          reason: "its result has shape \(result.shape), not \(type.shape)")
      }
      // Safe: the result's place is dense, row-major and of this type.
      result.withUnsafeBytes {
        outputAddresses[step.firstOutput + index].copyMemory(from: $0.baseAddress!, byteCount: $0.count)
      }
    }
  }

  // MARK: Inputs and outputs

  /// The elements of a float32 input or output.
  func floats(of endpoint: PlanEndpoint) -> UnsafeMutableBufferPointer<Float> {
    // Safe: the buffer was allocated for this many floats and lives as long as `self`.
    let count = endpoint.type.shape.elementCount
    return UnsafeMutableBufferPointer(
      start: addresses[endpoint.buffer.index].bindMemory(to: Float.self, capacity: count), count: count)
  }

  /// Copies a tensor of the endpoint's type into its buffer.
  func write(_ tensor: Tensor, to endpoint: PlanEndpoint) {
    tensor.withUnsafeBytes { source in
      Self.reorder(
        from: source.baseAddress!, endpoint.logicalStrides, to: addresses[endpoint.buffer.index],
        endpoint.strides,
        endpoint.type)
    }
  }

  /// Returns a copy of the endpoint's buffer.
  func tensor(of endpoint: PlanEndpoint) -> Tensor {
    var tensor = Tensor(endpoint.type.shape, elementType: endpoint.type.elementType)
    tensor.withUnsafeMutableBytes { target in
      Self.reorder(
        from: addresses[endpoint.buffer.index], endpoint.strides, to: target.baseAddress!,
        endpoint.logicalStrides,
        endpoint.type)
    }
    return tensor
  }

  /// Copies elements between dense values whose axes lie in different orders.
  private static func reorder(
    from source: UnsafeRawPointer, _ sourceStrides: [Int], to target: UnsafeMutableRawPointer,
    _ targetStrides: [Int], _ type: ValueType
  ) {
    guard sourceStrides != targetStrides else {
      return target.copyMemory(from: source, byteCount: type.byteCount)
    }
    let size = type.elementType.byteCount
    var index = [Int](repeating: 0, count: type.shape.rank)
    var (from, to) = (0, 0)
    for _ in 0..<type.shape.elementCount {
      // Safe: both offsets stay inside dense values of the type.
      (target + to * size).copyMemory(from: source + from * size, byteCount: size)
      for axis in index.indices.reversed() {
        index[axis] += 1
        from += sourceStrides[axis]
        to += targetStrides[axis]
        if index[axis] < type.shape[axis] { break }
        from -= sourceStrides[axis] * index[axis]
        to -= targetStrides[axis] * index[axis]
        index[axis] = 0
      }
    }
  }
}
