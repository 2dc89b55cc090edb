import ComputeKernels
import Graphs

extension Graphs.Softmax: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let value = node.inputs[0] else { return false }
    let order = lowering.order(of: node.outputs[0])
    let input = lowering.dense(value, order: order)
    let output = lowering.output(node.outputs[0]) { $0.isDense(in: order) }
    let axis = axis < 0 ? axis + input.rank : axis
    let extents = order.extents(of: [axis], in: input.dimensions)
    guard let extents else { return false }
    let kernel = ComputeKernels.Softmax(
      outer: extents.outer, axis: extents.axes, inner: extents.inner,
      instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [input], [output], inPlace: [0])
    return true
  }
}

extension AxisOrder {
  /// Returns the number of elements outside, along and inside `chosen` axes of a dense value; nil when the axes do not follow
  /// each other in memory.
  func extents(of chosen: Set<Int>, in dimensions: [Int]) -> (outer: Int, axes: Int, inner: Int)? {
    let relevant = axes.filter { dimensions[$0] != 1 }
    guard let first = relevant.firstIndex(where: chosen.contains),
      let last = relevant.lastIndex(where: chosen.contains)
    else { return (dimensions.reduce(1, *), 1, 1) }
    guard relevant[first...last].allSatisfy(chosen.contains) else { return nil }
    func count(_ part: ArraySlice<Int>) -> Int { part.reduce(1) { $0 * dimensions[$1] } }
    return (count(relevant[..<first]), count(relevant[first...last]), count(relevant[(last + 1)...]))
  }
}
