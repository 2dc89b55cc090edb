import ComputeKernels
import Graphs
import Tensors

extension Linear: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let left = node.inputs[0], let weightValue = node.inputs[1],
      let weight = lowering.tensor(weightValue)
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
    let choice = LinearChoice(
      rows: shape.elementCount / columns, inputFeatures: input.dimensions[shape.rank - 1],
      outputFeatures: columns, inputStride: inputStride, outputStride: outputStride, weights: weight,
      weightsAreInputMajor: !transposesRight, scale: alpha, bias: bias,
      epilogue: Epilogue(activation: KernelActivation(activation)))
    let selection = lowering.select(
      choice.candidates(lowering.instructionSet, threads: lowering.threads), for: choice.problem)
    lowering.emit(selection, [input], [output])
    return true
  }
}
