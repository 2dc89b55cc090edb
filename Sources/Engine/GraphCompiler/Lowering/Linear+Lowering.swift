import ComputeKernels
import Graphs
import Tensors

extension Linear: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let left = node.inputs[0], let weightValue = node.inputs[1],
      let weight = lowering.constant(weightValue)
    else { return false }
    let result = node.outputs[0]
    let shape = lowering.type(result).shape
    let columns = shape[-1]
    let biasValue = node.inputs.count > 2 ? node.inputs[2] : nil
    var bias: Tensor?
    if let biasValue {
      guard let elements = lowering.constant(biasValue) else { return false }
      let biasShape = lowering.type(biasValue).shape
      guard elements.count == 1 || elements.count == columns && biasShape[-1] == columns else { return false }
      bias = Tensor(
        [columns], elements: (0..<columns).map { beta * elements[elements.count == 1 ? 0 : $0] })
    }
    var rows = lowering.view(left)
    if transposesLeft { rows = rows.transposed([1, 0]) }
    let rowMajor = AxisOrder.rowMajor(rank: shape.rank)
    let input = lowering.readable(rows, order: rowMajor) { $0.rowsInOrder(rowMajor) != nil }
    let output = lowering.output(result, order: rowMajor) { $0.rowsInOrder(rowMajor) != nil }
    guard let inputStride = input.rowsInOrder(rowMajor), let outputStride = output.rowsInOrder(rowMajor)
    else { return false }
    let inner = input.dimensions[shape.rank - 1]
    let kernel = PointwiseConvolution(
      input: ImageShape(
        height: 1, width: shape.elementCount / columns, channels: inner, pixelStride: inputStride),
      outputChannels: columns, outputPixelStride: outputStride,
      weights: packedWeight(weight, inner: inner, columns: columns), bias: bias,
      epilogue: Epilogue(activation: KernelActivation(activation)), instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [input], [output])
    return true
  }

  /// Returns the weight as columns x inner, times `alpha`.
  private func packedWeight(_ weight: [Float], inner: Int, columns: Int) -> Tensor {
    var elements = [Float](repeating: 0, count: weight.count)
    for column in 0..<columns {
      for row in 0..<inner {
        let source = transposesRight ? column * inner + row : row * columns + column
        elements[column * inner + row] = alpha * weight[source]
      }
    }
    return Tensor([columns, inner], elements: elements)
  }
}
