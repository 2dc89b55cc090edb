import ComputeKernels
import Graphs

extension Graphs.MatrixProduct: CompiledOperator {
  /// Multiplies the operands where they are: their strides, and those of the batch, are the kernel's.
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let leftValue = node.inputs[0], let rightValue = node.inputs[1] else { return false }
    var (left, right) = (lowering.view(leftValue), lowering.view(rightValue))
    var output = lowering.output(node.outputs[0]) { ($0.strides.last ?? 1) == 1 }
    // A vector counts as one row or one column.
    let isVector = (left: left.rank == 1, right: right.rank == 1)
    if isVector.left { left = left.insertingUnitAxis(at: 0) }
    if isVector.right { right = right.insertingUnitAxis(at: 1) }
    if isVector.right { output = output.insertingUnitAxis(at: output.rank) }
    if isVector.left { output = output.insertingUnitAxis(at: output.rank - 1) }
    let batch = Array(output.dimensions.dropLast(2))
    // The result's rows are contiguous; a single column may have any stride, which must then not be used.
    var result = output.matrix(batch)
    guard result.columnStride == 1 || output.dimensions.last == 1 else { return false }
    result.columnStride = 1
    let kernel = ComputeKernels.MatrixProduct(
      rows: left.dimensions[left.rank - 2], columns: right.dimensions[right.rank - 1],
      depth: left.dimensions[left.rank - 1], batch: batch, left: left.matrix(batch),
      right: right.matrix(batch), output: result, instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [left, right], [output])
    return true
  }
}

extension StridedView {
  /// Returns the view with one more axis, of one element.
  fileprivate func insertingUnitAxis(at axis: Int) -> StridedView {
    var view = self
    view.dimensions.insert(1, at: axis)
    view.strides.insert(1, at: axis)
    return view
  }

  /// Returns how matrices in the last two axes lie, repeated over `batch`.
  fileprivate func matrix(_ batch: [Int]) -> MatrixLayout {
    let own = Array(dimensions.dropLast(2))
    let added = batch.count - own.count
    let batchStrides = batch.indices.map { axis in
      axis < added || own[axis - added] == 1 ? 0 : strides[axis - added]
    }
    return MatrixLayout(
      rowStride: strides[rank - 2], columnStride: strides[rank - 1], batchStrides: batchStrides)
  }
}
