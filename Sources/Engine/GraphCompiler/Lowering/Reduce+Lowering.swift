import ComputeKernels
import Graphs

extension Reduce: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let value = node.inputs[0], lowering.type(value).elementType == .float32, let kernelKind else {
      return false
    }
    let shape = lowering.type(value).shape
    let reduced =
      axes.isEmpty ? Set(0..<shape.rank) : Set(axes.map { $0 < 0 ? $0 + shape.rank : $0 })
    // The operand's order without the reduced axes is the result's, see `LayoutAssignment`.
    let order = lowering.order(of: value)
    guard let extents = order.extents(of: reduced, in: shape.dimensions) else { return false }
    let input = lowering.dense(value, order: order)
    let resultOrder = lowering.order(of: node.outputs[0])
    let output = lowering.output(node.outputs[0]) { $0.isDense(in: resultOrder) }
    let kernel = Reduction(
      kind: kernelKind, outer: extents.outer, axis: extents.axes, inner: extents.inner,
      instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [input], [output])
    return true
  }

  /// The kernel's kind; nil where there is none.
  private var kernelKind: ReductionKind? {
    switch kind {
    case .mean: .mean
    case .sum: .sum
    case .maximum: .maximum
    case .minimum: .minimum
    default: nil
    }
  }
}
