import ComputeKernels
import Graphs
import Tensors

extension Graphs.LayerNormalization: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let value = node.inputs[0] else { return false }
    let shape = lowering.type(value).shape
    let axis = axis < 0 ? axis + shape.rank : axis
    let columns = shape.dimensions[axis...].reduce(1, *)
    guard case .known(let scale) = lowering.perColumn(node.inputs[1], columns),
      case .known(let bias) = lowering.perColumn(node.inputs.count > 2 ? node.inputs[2] : nil, columns)
    else { return false }
    let rowMajor = AxisOrder.rowMajor(rank: shape.rank)
    let input = lowering.rowMajor(value)
    let output = lowering.output(node.outputs[0], order: rowMajor) { $0.isDense(in: rowMajor) }
    let kernel = ComputeKernels.LayerNormalization(
      rows: shape.elementCount / columns, columns: columns, scale: scale, bias: bias, epsilon: epsilon,
      instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [input], [output], inPlace: [0])
    return true
  }
}

/// Numbers that a kernel needs one of for each column.
private enum ColumnNumbers {
  /// What is known before any run; nil when the operand is absent.
  case known(Tensor?)
  /// An operand that kernels cannot take.
  case unsuitable
}

extension Lowering {
  fileprivate func perColumn(_ value: ValueID?, _ columns: Int) -> ColumnNumbers {
    guard let value else { return .known(nil) }
    guard let elements = constant(value) else { return .unsuitable }
    if elements.count == columns { return .known(Tensor([columns], elements: elements)) }
    return elements.count == 1 ? .known(Tensor([columns], repeating: elements[0])) : .unsuitable
  }
}
