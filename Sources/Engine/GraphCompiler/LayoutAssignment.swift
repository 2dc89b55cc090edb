import Graphs
import Tensors

/// The order in memory that each value of a graph is produced in.
///
/// Images are channels-last from the first operator that works on pixels on, because all kernels for images do. What moves no
/// elements (transposing, most reshaping) keeps the elements where they are and changes the order's name instead, so that a
/// transformer on a feature map reads the map as rows of channels without a copy. What works element by element keeps
/// its operand's order; all else is row-major.
package struct LayoutAssignment: Sendable {
  /// The order of each value, by `ValueID.index`.
  package private(set) var orders: [AxisOrder]

  private let graph: Graph
  private let wantsChannelsLast: [Bool]

  package subscript(value: ValueID) -> AxisOrder { orders[value.index] }

  /// Assigns orders to the values of `graph`, whose inputs come in `inputOrders`, by name, or else row-major.
  package init(_ graph: Graph, inputOrders: [String: AxisOrder] = [:]) {
    self.graph = graph
    orders = graph.values.map { .rowMajor(rank: $0.type.shape.rank) }
    wantsChannelsLast = Self.wishes(of: graph)
    for input in graph.inputs { orders[input.index] = inputOrders[graph[input].name] ?? orders[input.index] }
    for node in graph.nodes {
      for output in node.outputs { orders[output.index] = order(of: output, writtenBy: node) }
    }
  }

  /// Whether an operator computes images pixel by pixel and so wants channels last.
  private static func isImageOperator(_ operation: any Operator) -> Bool {
    switch operation {
    case is Convolution, is ConvolutionTranspose, is AveragePool, is MaxPool, is GlobalPool, is Resize,
      is RowPipelineBlock:
      true
    default: false
    }
  }

  /// Whether an operator leaves elements in their places along all axes, so that any order serves.
  private static func keepsOrder(_ operation: any Operator) -> Bool {
    switch operation {
    case is Activation, is ErrorFunction, is BinaryArithmetic, is ParametricRelu, is BatchNormalization,
      is Concatenation,
      is Split, is Slice, is Pad:
      true
    default: false
    }
  }

  /// Returns, for each value, whether it flows into an operator on images.
  private static func wishes(of graph: Graph) -> [Bool] {
    var wishes = [Bool](repeating: false, count: graph.values.count)
    for node in graph.nodes.reversed() {
      let isWished =
        isImageOperator(node.operation)
        || keepsOrder(node.operation) && node.outputs.contains { wishes[$0.index] }
      guard isWished else { continue }
      for case let input? in node.inputs where graph[input].type.shape.rank == 4 {
        wishes[input.index] = true
      }
    }
    return wishes
  }

  private func order(of output: ValueID, writtenBy node: Node) -> AxisOrder {
    let shape = graph[output].type.shape
    let rowMajor = AxisOrder.rowMajor(rank: shape.rank)
    guard graph[output].type.elementType == .float32, let first = node.inputs.first ?? nil else {
      return rowMajor
    }
    switch node.operation {
    case let operation where Self.isImageOperator(operation):
      return .channelsLast
    case let operation where Self.keepsOrder(operation):
      return sharedOrder(node, shape)
    case let transpose as Transpose:
      return orders[first.index].transposed(transpose.permutation)
    case is Reshape:
      return reshapedOrder(first, shape, output)
    case is Softmax:
      return orders[first.index]
    case let reduction as Reduce:
      return reducedOrder(reduction, first)
    case is MatrixProduct:
      return productOrder(output, shape)
    default:
      return rowMajor
    }
  }

  /// Returns the order that most of a node's large operands have: channels-last if any has it, else the first's.
  private func sharedOrder(_ node: Node, _ shape: Shape) -> AxisOrder {
    let candidates = node.inputs.compactMap { $0 }.filter {
      graph[$0].constant == nil && graph[$0].type.shape.rank == shape.rank
    }
    func isRepeated(_ value: ValueID) -> Bool {
      graph[value].type.shape.elementCount < shape.elementCount && node.operation is BinaryArithmetic
    }
    let large = candidates.filter { !isRepeated($0) }
    let orders = (large.isEmpty ? candidates : large).map { self.orders[$0.index] }
    let isChannelsLast = orders.contains {
      shape.rank == 4 && $0.isEquivalent(to: .channelsLast, for: shape.dimensions)
    }
    if isChannelsLast { return .channelsLast }
    return orders.first ?? .rowMajor(rank: shape.rank)
  }

  /// Returns the operand's order without the axes that vanish.
  private func reducedOrder(_ reduction: Reduce, _ input: ValueID) -> AxisOrder {
    let order = orders[input.index]
    guard !reduction.keepsDimensions else { return order }
    let rank = order.axes.count
    let vanished = Set(reduction.axes.isEmpty ? order.axes : reduction.axes.map { $0 < 0 ? $0 + rank : $0 })
    let kept = (0..<rank).filter { !vanished.contains($0) }
    return AxisOrder(order.axes.compactMap { kept.firstIndex(of: $0) })
  }

  /// Returns the order in which a reshaped value is seen without a copy; where one is needed, the order that its readers
  /// want.
  private func reshapedOrder(_ input: ValueID, _ shape: Shape, _ output: ValueID) -> AxisOrder {
    let view = StridedView(BufferID(0), shape: graph[input].type.shape, order: orders[input.index])
    if let reshaped = view.reshaped(to: shape.dimensions) { return reshaped.order }
    return shape.rank == 4 && wantsChannelsLast[output.index] ? .channelsLast : .rowMajor(rank: shape.rank)
  }

  /// Returns the order that makes a transposition of the product row-major, where that is the product's only reader and keeps
  /// the columns innermost: attention's heads then stand side by side without a copy.
  private func productOrder(_ output: ValueID, _ shape: Shape) -> AxisOrder {
    let readers = graph.nodes.filter { $0.inputs.contains(output) }
    if readers.count == 1, let transpose = readers[0].operation as? Transpose,
      transpose.permutation.last == shape.rank - 1
    {
      return AxisOrder(transpose.permutation)
    }
    return .rowMajor(rank: shape.rank)
  }
}
