import ComputeKernels
import Graphs
import Tensors

/// Turns a graph into a plan, node by node: finds where operands lie, inserts conversions where a kernel cannot read them there,
/// and gives each result a place.
struct Lowering {
  /// The graph.
  let graph: Graph
  /// The instructions that kernels use.
  let instructionSet: InstructionSet
  /// What picks among kernels.
  private var selector: KernelSelector
  var plan = Plan()

  private let orders: LayoutAssignment
  private var views: [ValueID: StridedView] = [:]
  /// Places prepared for results before their writer is reached: parts of concatenations, and outputs.
  var destinations: [ValueID: StridedView] = [:]
  private var conversions: [Conversion: StridedView] = [:]
  private let written: Set<ValueID>
  private var current: Node

  /// The most axes of a value that kernels work on.
  private static let rankLimit = 6

  private struct Conversion: Hashable {
    var view: StridedView
    var order: AxisOrder
  }

  /// Compiles `graph`, whose rules have been applied.
  static func plan(_ graph: Graph, _ options: CompileOptions) throws -> Plan {
    try checkOrders(graph, options)
    var lowering = Lowering(graph, options)
    lowering.addInputs(options)
    lowering.addOutputs(options)
    lowering.prepareConcatenations()
    for node in graph.nodes { lowering.lower(node) }
    lowering.selector.finish()
    lowering.finishOutputs()
    lowering.plan.placeBuffers()
    let byteCount = lowering.plan.sessionByteCount
    guard byteCount <= options.memoryLimit else {
      throw CompilerError.memory(byteCount: byteCount, limit: options.memoryLimit)
    }
    return lowering.plan
  }

  private init(_ graph: Graph, _ options: CompileOptions) {
    self.graph = graph
    instructionSet = options.instructionSet
    selector = KernelSelector(
      timings: options.timings, instructionSet: instructionSet, threads: options.threads)
    orders = LayoutAssignment(graph, inputOrders: options.orders)
    written = Set(
      graph.nodes.filter {
        !($0.operation is Transpose || $0.operation is Reshape || $0.operation is Split
          || $0.operation is Slice)
      }.flatMap(\.outputs))
    current = Node(name: "", operation: Reshape(shape: []), inputs: [], outputs: [])
  }

  private mutating func lower(_ node: Node) {
    current = node
    // Values without elements give kernels nothing to do and pointers nothing to point at.
    let shapes = (node.inputs.compactMap { $0 } + node.outputs).map { type($0).shape }
    let isServed = shapes.allSatisfy { $0.elementCount > 0 && $0.rank <= Self.rankLimit }
    if isServed, let operation = node.operation as? any CompiledOperator, operation.lower(node, &self) {
      return
    }
    lowerAsReference(node)
  }

  // MARK: Where values lie

  /// Returns the type of a value.
  func type(_ value: ValueID) -> ValueType { graph[value].type }

  /// Returns a float32 constant.
  func tensor(_ value: ValueID?) -> Tensor? {
    guard let value, let tensor = graph[value].constant, tensor.elementType == .float32 else { return nil }
    return tensor
  }

  /// Returns the elements of a float32 constant.
  func constant(_ value: ValueID?) -> [Float]? { tensor(value)?.elements() }

  /// Returns the order in which a value should be made.
  func order(of value: ValueID) -> AxisOrder { orders[value] }

  /// Whether a node makes the value in memory of its own, rather than seeing another value differently.
  func isWritten(_ value: ValueID) -> Bool { written.contains(value) }

  /// Returns where a value lies.
  mutating func view(_ value: ValueID) -> StridedView {
    if let view = views[value] { return view }
    // A value that no step has written is a constant: `Graph`'s invariants say so.
    guard let tensor = graph[value].constant else {
      preconditionFailure("\(graph[value].name) has no writer")
    }
    // A plan owns its constants: kernels read past the end, which the bytes of a mapped file do not allow.
    var owned = tensor
    owned.withUnsafeMutableBytes { _ in }
    let buffer = addBuffer(.constant(owned), graph[value].type)
    let view = StridedView(buffer, shape: tensor.shape, order: .rowMajor(rank: tensor.shape.rank))
    views[value] = view
    return view
  }

  /// Says that a value is part of what is there already.
  mutating func setView(_ value: ValueID, _ view: StridedView) { views[value] = view }

  /// Returns `view`, or a dense copy in `order` when `isReadable` refuses it.
  mutating func readable(
    _ view: StridedView, order: AxisOrder, where isReadable: (StridedView) -> Bool
  ) -> StridedView {
    if isReadable(view) { return view }
    let conversion = Conversion(view: view, order: order)
    if let known = conversions[conversion] { return known }
    let shape = Shape(view.dimensions)
    if case .constant(let tensor) = plan.buffers[view.buffer.index].place {
      let reordered = Tensor(shape, elements: view.gathered(from: tensor.elements(as: Float.self), in: order))
      let copy = StridedView(addBuffer(.constant(reordered), ValueType(shape)), shape: shape, order: order)
      conversions[conversion] = copy
      return copy
    }
    let copy = StridedView(
      addBuffer(.arena(offset: 0), ValueType(shape)), shape: shape, order: order)
    emitCopy(from: view, to: copy, as: "Conversion", type: ValueType(shape))
    conversions[conversion] = copy
    return copy
  }

  /// Returns a value as a batch of channels-last images whose pixels step evenly.
  mutating func image(_ value: ValueID) -> StridedView {
    readable(view(value), order: .channelsLast) { $0.pixelStride != nil }
  }

  /// Returns a value without gaps in `order`.
  mutating func dense(_ value: ValueID, order: AxisOrder) -> StridedView {
    readable(view(value), order: order) { $0.isDense(in: order) }
  }

  /// Returns a value without gaps in logical order.
  mutating func rowMajor(_ value: ValueID) -> StridedView {
    dense(value, order: .rowMajor(rank: type(value).shape.rank))
  }

  /// Returns the place to write a value to: what was prepared for it if `isWritable` accepts that, else memory of its own in
  /// the assigned order, or in `order`.
  mutating func output(
    _ value: ValueID, order: AxisOrder? = nil, where isWritable: (StridedView) -> Bool = { _ in true }
  ) -> StridedView {
    if let prepared = destinations[value], isWritable(prepared) {
      views[value] = prepared
      return prepared
    }
    let view = StridedView(
      addBuffer(.arena(offset: 0), type(value)), shape: type(value).shape,
      order: order ?? orders[value])
    views[value] = view
    return view
  }

  /// Returns the place to write images to, channels last.
  mutating func imageOutput(_ value: ValueID) -> StridedView {
    output(value, order: .channelsLast) { $0.pixelStride != nil }
  }

  mutating func addBuffer(_ place: PlanBuffer.Place, _ type: ValueType) -> BufferID {
    plan.buffers.append(
      PlanBuffer(place: place, elementType: type.elementType, elementCount: type.shape.elementCount))
    return BufferID(plan.buffers.count - 1)
  }

  // MARK: Steps

  /// The threads that runs are expected to use.
  var threads: Int { selector.threads }

  /// Picks a kernel.
  mutating func select(_ candidates: [KernelCandidate], for problem: KernelProblem) -> KernelSelection {
    selector.select(candidates, for: problem)
  }

  /// Adds a kernel call for the current node.
  mutating func emit(
    _ kernel: any PreparedKernel, _ inputs: [StridedView?], _ outputs: [StridedView], inPlace: [Int] = []
  ) {
    emit(KernelSelection(kernel: kernel), inputs, outputs, inPlace: inPlace)
  }

  /// Adds a call of the kernel that was picked for the current node.
  mutating func emit(
    _ selection: KernelSelection, _ inputs: [StridedView?], _ outputs: [StridedView], inPlace: [Int] = []
  ) {
    var step = PlanStep(
      name: current.name, operation: current.operation.name, outputType: type(current.outputs[0]),
      cost: graph.cost(of: current), work: .kernel(selection.kernel), inputs: inputs, outputs: outputs,
      inPlaceInputs: inPlace)
    step.contenders = selection.contenders
    step.parameterCount = parameterCount(of: current)
    plan.steps.append(step)
  }

  private func parameterCount(of node: Node) -> Int {
    node.inputs.reduce(0) { $0 + ($1.flatMap { graph[$0].constant?.shape.elementCount } ?? 0) }
  }

  /// Adds a copy of 4-byte elements between views of equal dimensions.
  mutating func emitCopy(
    from source: StridedView, to target: StridedView, as operation: String, type: ValueType
  ) {
    let axes = target.order.axes
    let kernel = StridedCopy(
      dimensions: axes.map { source.dimensions[$0] }, inputStrides: axes.map { source.strides[$0] },
      outputStrides: axes.map { target.strides[$0] })
    plan.steps.append(
      PlanStep(
        name: current.name, operation: operation, outputType: type,
        cost: Cost(multiplyAdds: 0, bytes: 2 * type.byteCount), work: .kernel(kernel), inputs: [source],
        outputs: [target], inPlaceInputs: []))
  }

  /// Copies a value of any type to its output's place.
  mutating func emitOutputCopy(of value: ValueID, to target: StridedView) {
    let type = type(value)
    current = Node(
      name: graph[value].name, operation: Reshape(shape: type.shape.dimensions), inputs: [value],
      outputs: [value])
    if type.elementType == .float32, type.shape.elementCount > 0 {
      emitCopy(from: view(value), to: target, as: "Conversion", type: type)
    } else {
      emitReference(current, constants: [graph[value].constant], outputs: [target])
    }
  }

  /// Adds the naive evaluation of a node.
  private mutating func lowerAsReference(_ node: Node) {
    let constants = node.inputs.map { $0.flatMap { graph[$0].constant } }
    let outputs = node.outputs.map { value in
      let order = AxisOrder.rowMajor(rank: type(value).shape.rank)
      return output(value, order: order) { $0.isDense(in: order) }
    }
    emitReference(node, constants: constants, outputs: outputs)
  }

  private mutating func emitReference(_ node: Node, constants: [Tensor?], outputs: [StridedView]) {
    var inputs: [StridedView?] = []
    for (value, constant) in zip(node.inputs, constants) {
      inputs.append(constant == nil ? value.map { rowMajor($0) } : nil)
    }
    var step = PlanStep(
      name: node.name, operation: node.operation.name, outputType: type(node.outputs[0]),
      cost: graph.cost(of: node),
      work: .reference(
        node.operation, constants: constants, types: node.inputs.map { $0.map { type($0) } }),
      inputs: inputs, outputs: outputs, inPlaceInputs: [])
    step.parameterCount = parameterCount(of: node)
    plan.steps.append(step)
  }
}
