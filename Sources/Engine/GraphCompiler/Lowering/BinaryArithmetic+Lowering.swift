import ComputeKernels
import Graphs

extension BinaryArithmetic: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    let result = node.outputs[0]
    guard let left = node.inputs[0], let right = node.inputs[1],
      lowering.type(result).elementType == .float32
    else { return false }
    let order = lowering.order(of: result)
    let dimensions = lowering.type(result).shape.dimensions
    let output = lowering.output(result) { $0.hasUnitRows(in: order) }
    let operands = [left, right].map { lowering.operand($0, for: dimensions, order) }
    let axes = order.axes
    let kernel = BinaryElementwise(
      operation: kernelOperation, dimensions: axes.map { dimensions[$0] },
      leftStrides: axes.map { operands[0].broadcast(to: dimensions).strides[$0] },
      rightStrides: axes.map { operands[1].broadcast(to: dimensions).strides[$0] },
      outputStrides: axes.map { output.strides[$0] }, instructionSet: lowering.instructionSet)
    lowering.emit(kernel, operands, [output], inPlace: [0, 1])
    return true
  }

  private var kernelOperation: BinaryOperation {
    switch operation {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .maximum: .maximum
    case .minimum: .minimum
    case .power: .power
    }
  }
}

extension Lowering {
  /// Returns an operand with the result's rank, elements of one axis or repetitions of one side by side along the axis that is
  /// innermost in `order`.
  fileprivate mutating func operand(_ value: ValueID, for dimensions: [Int], _ order: AxisOrder)
    -> StridedView
  {
    var view = view(value)
    let added = dimensions.count - view.rank
    view.dimensions.insert(contentsOf: repeatElement(1, count: added), at: 0)
    view.strides.insert(contentsOf: repeatElement(0, count: added), at: 0)
    return readable(view, order: order) { $0.hasUnitRows(in: order) }
  }
}

extension StridedView {
  /// Whether the elements along the innermost axis of `order` that has several lie side by side.
  fileprivate func hasUnitRows(in order: AxisOrder) -> Bool {
    guard let innermost = order.axes.last(where: { dimensions[$0] != 1 }) else { return true }
    return strides[innermost] == 1
  }
}
