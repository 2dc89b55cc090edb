import Graphs
import Tensors

/// The places of inputs, outputs and of what concatenations join.
extension Lowering {
  /// Checks that the caller's orders belong to inputs and outputs and fit their ranks.
  static func checkOrders(_ graph: Graph, _ options: CompileOptions) throws {
    for (name, order) in options.orders {
      guard let value = (graph.inputs + graph.outputs).first(where: { graph[$0].name == name }) else {
        throw CompilerError.order(name: name, reason: "the model has no input or output of this name")
      }
      guard order.axes.count == graph[value].type.shape.rank else {
        throw CompilerError.order(
          name: name, reason: "\(order) does not name the axes of shape \(graph[value].type.shape)")
      }
    }
  }

  /// Gives each input its buffer.
  mutating func addInputs(_ options: CompileOptions) {
    for value in graph.inputs {
      let order = endpointOrder(value, options)
      let buffer = addBuffer(.input, type(value))
      setView(value, StridedView(buffer, shape: type(value).shape, order: order))
      plan.inputs.append(
        PlanEndpoint(name: graph[value].name, type: type(value), order: order, buffer: buffer))
    }
  }

  /// Gives each output its buffer, and lets a writer that makes the order wanted write there.
  mutating func addOutputs(_ options: CompileOptions) {
    for value in graph.outputs {
      let order = endpointOrder(value, options)
      let buffer = addBuffer(.output, type(value))
      plan.outputs.append(
        PlanEndpoint(name: graph[value].name, type: type(value), order: order, buffer: buffer))
      if destinations[value] == nil,
        order.isEquivalent(to: self.order(of: value), for: type(value).shape.dimensions)
      {
        destinations[value] = StridedView(buffer, shape: type(value).shape, order: order)
      }
    }
  }

  /// Returns an output's buffer as the place to write a value of several channels to, where the caller wants the value
  /// row-major.
  mutating func rowMajorEndpoint(_ value: ValueID) -> StridedView? {
    guard let index = graph.outputs.firstIndex(of: value), destinations[value] == nil else { return nil }
    let endpoint = plan.outputs[index]
    let shape = endpoint.type.shape
    guard endpoint.order == .rowMajor(rank: shape.rank), shape.rank == 4, shape[1] > 1 else { return nil }
    let view = StridedView(endpoint.buffer, shape: shape, order: endpoint.order)
    setView(value, view)
    return view
  }

  /// Copies what was not written to its output's buffer right away.
  mutating func finishOutputs() {
    for (value, endpoint) in zip(graph.outputs, plan.outputs) {
      let target = StridedView(endpoint.buffer, shape: endpoint.type.shape, order: endpoint.order)
      if view(value) != target { emitOutputCopy(of: value, to: target) }
    }
  }

  /// Lets writers of joined values write into the joined value, last concatenation first, so that one that is part of another
  /// has its place by then.
  mutating func prepareConcatenations() {
    for node in graph.nodes.reversed() {
      guard let concatenation = node.operation as? Concatenation else { continue }
      let joined = node.outputs[0]
      guard type(joined).elementType == .float32, type(joined).shape.elementCount > 0 else { continue }
      let whole: StridedView
      if let prepared = destinations[joined] {
        whole = prepared
      } else {
        let buffer = addBuffer(.arena(offset: 0), type(joined))
        whole = StridedView(buffer, shape: type(joined).shape, order: order(of: joined))
        destinations[joined] = whole
      }
      for (input, part) in zip(node.inputs, concatenation.parts(of: whole, node, graph)) {
        guard let input, destinations[input] == nil, isWritten(input),
          order(of: input).isEquivalent(to: order(of: joined), for: part.dimensions)
        else { continue }
        destinations[input] = part
      }
    }
  }

  private func endpointOrder(_ value: ValueID, _ options: CompileOptions) -> AxisOrder {
    options.orders[graph[value].name] ?? .rowMajor(rank: type(value).shape.rank)
  }
}

extension Concatenation {
  /// Returns the part of the joined value that each operand becomes.
  func parts(of whole: StridedView, _ node: Node, _ graph: Graph) -> [StridedView] {
    let axis = axis < 0 ? axis + whole.rank : axis
    var start = 0
    return node.inputs.map { input in
      // Concatenation has no optional operands.
      let count = input.map { graph[$0].type.shape[axis] } ?? 0
      defer { start += count }
      return whole.sliced(axis: axis, start: start, count: count)
    }
  }
}
