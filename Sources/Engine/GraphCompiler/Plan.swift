import ComputeKernels
import Graphs
import Tensors

/// A graph compiled for this machine: kernels with packed weights in the order in which they run, and where every value
/// lies. A plan never changes; any number of sessions may share it.
public struct Plan: Sendable {
  /// The steps in the order in which they run.
  public internal(set) var steps: [PlanStep] = []
  /// The bytes that the values between inputs and outputs take.
  public internal(set) var arenaByteCount = 0
  /// The graph's inputs in order.
  public internal(set) var inputs: [PlanEndpoint] = []
  /// The graph's outputs in order.
  public internal(set) var outputs: [PlanEndpoint] = []
  /// Every buffer that steps read and write, found by `BufferID.index`.
  package internal(set) var buffers: [PlanBuffer] = []
  /// Where in the arena each step's scratch memory begins, in bytes.
  package internal(set) var scratchOffsets: [Int] = []

  /// Compiles a graph whose rules have been applied.
  ///
  /// - Throws: `CompilerError` when the options do not fit the graph or a session would need too much memory.
  public init(_ graph: Graph, options: CompileOptions = CompileOptions()) throws {
    self = try Lowering.plan(graph, options)
  }

  init() {}

  /// The steps that run an operator's naive evaluation because no kernel serves them; these allocate.
  public var referenceSteps: [PlanStep] { steps.filter(\.isReference) }
}

/// A value that a session is given or returns.
public struct PlanEndpoint: Sendable {
  /// The value's name in the graph.
  public let name: String
  /// Its type; the shape is in logical order.
  public let type: ValueType
  /// The order in which its axes lie in the session's buffer.
  public let order: AxisOrder
  /// The buffer.
  package let buffer: BufferID

  /// Elements between neighbours along each logical axis of the session's buffer.
  public var strides: [Int] { order.strides(for: type.shape.dimensions) }
  /// Elements between neighbours along each axis of a tensor of the value.
  package var logicalStrides: [Int] { type.shape.strides }
}

/// One kernel call of a plan.
public struct PlanStep: Sendable {
  /// What runs.
  package enum Work: Sendable {
    /// A kernel.
    case kernel(any PreparedKernel)
    /// An operator's naive evaluation; constant operands are given here, the others by the step's inputs.
    case reference(any Operator, constants: [Tensor?], types: [ValueType?])
  }

  /// The name of the graph's node.
  public let name: String
  /// The operator's name, or "Conversion" for a change of layout that the compiler inserted.
  public let operation: String
  /// The type of the first result.
  public let outputType: ValueType
  /// What one run costs.
  public let cost: Cost
  /// The weights that the step was made from: elements of the node's constants.
  public internal(set) var parameterCount = 0
  package let work: Work
  /// The operands that kernels read, nil where an optional one is absent.
  package var inputs: [StridedView?]
  /// The results.
  package var outputs: [StridedView]
  /// The operands whose memory the first result may take over.
  package let inPlaceInputs: [Int]

  /// The kernels among which this one was picked; empty where there was no choice.
  public internal(set) var contenders: [KernelContender] = []

  /// Whether the operator's naive evaluation runs.
  public var isReference: Bool {
    if case .reference = work { true } else { false }
  }

  /// The name of the kernel, "reference" where there is none.
  public var kernelName: String {
    if case .kernel(let kernel) = work { kernel.name } else { "reference" }
  }

  /// Bytes that the kernel needs beside operands and results.
  package var scratchByteCount: Int {
    if case .kernel(let kernel) = work { kernel.scratchByteCount } else { 0 }
  }
}

/// A block of memory that steps read and write.
package struct PlanBuffer: Sendable {
  /// Who holds the memory.
  package enum Place: Sendable {
    /// The session's arena, from this byte on.
    case arena(offset: Int)
    /// The session's buffer of an input.
    case input
    /// The session's buffer of an output.
    case output
    /// The plan: elements known before any run.
    case constant(Tensor)
  }

  /// Who holds the memory.
  package var place: Place
  /// The type of all elements.
  package let elementType: ElementType
  /// The number of elements.
  package let elementCount: Int

  /// The bytes the elements take.
  package var byteCount: Int { elementCount * elementType.byteCount }

  /// Whether the buffer lies in the arena.
  package var isInArena: Bool {
    if case .arena = place { true } else { false }
  }
}
