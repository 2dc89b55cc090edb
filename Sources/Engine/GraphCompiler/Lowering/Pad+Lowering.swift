import ComputeKernels
import Graphs

extension Graphs.Pad: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let value = node.inputs[0], lowering.type(value).elementType == .float32, let kernelMode else {
      return false
    }
    let order = lowering.order(of: node.outputs[0])
    let input = lowering.dense(value, order: order)
    let output = lowering.output(node.outputs[0]) { $0.isDense(in: order) }
    let kernel = ComputeKernels.Pad(
      dimensions: order.axes.map { input.dimensions[$0] }, before: order.axes.map { before[$0] },
      after: order.axes.map { after[$0] }, mode: kernelMode)
    lowering.emit(kernel, [input], [output])
    return true
  }

  /// The kernel's mode; nil where there is none.
  private var kernelMode: PadMode? {
    switch mode {
    case .constant(let value): .constant(value)
    case .reflect: .reflect
    case .edge: .edge
    case .wrap: nil
    }
  }
}
