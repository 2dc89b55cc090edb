import ComputeKernels
import Graphs
import Tensors

extension RowPipelineBlock: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let image = node.inputs[0],
      let types = try? stageTypes(for: node.inputs.map { $0.map { lowering.type($0) } })
    else { return false }
    let input = lowering.image(image)
    let output = lowering.imageOutput(node.outputs[0])
    guard let inputStride = input.pixelStride, let outputStride = output.pixelStride else { return false }
    var rest = node.inputs.dropFirst()
    var residuals: [StridedView] = []
    var isLastResidual = false
    var rows: [RowStage] = []
    for (index, stage) in stages.enumerated() {
      let isLast = index == stages.count - 1
      let residual = stage.operands(image, rest).dropFirst(4).first.flatMap { $0 }.map { lowering.image($0) }
      guard
        let operation = stage.kernel(
          rest.prefix(stage.operandCount).map { lowering.tensor($0) }, residual: residual?.pixelStride)
      else { return false }
      rest = rest.dropFirst(stage.operandCount)
      let shape = types[index].output.shape
      rows.append(
        RowStage(
          operation,
          output: ImageShape(
            batch: shape[0], height: shape[2], width: shape[3], channels: shape[1],
            pixelStride: isLast ? outputStride : nil)))
      if let residual { residuals.append(residual) }
      isLastResidual = isLast && residual != nil
    }
    let choice = RowPipelineChoice(input: ImageShape(input, pixelStride: inputStride), stages: rows)
    let selection = lowering.select(choice.candidates(lowering.instructionSet), for: choice.problem)
    // The image and other stages' residuals are read by other rows' strips after a row is written, so that they may not
    // be overwritten.
    let readLater = [input] + residuals.dropLast()
    let mayOverwrite = isLastResidual && !readLater.contains { $0.buffer == residuals.last!.buffer }
    lowering.emit(selection, [input] + residuals, [output], inPlace: mayOverwrite ? [residuals.count] : [])
    return true
  }
}

extension RowPipelineBlock.Stage {
  /// Returns the stage as kernels know it; `constants` are weight and bias of a convolution.
  fileprivate func kernel(_ constants: [Tensor?], residual: Int?) -> RowStage.Operation? {
    switch self {
    case .resize(let resize):
      return resize.kernelCoordinates.map { .bilinearResize(coordinates: $0) }
    case .convolution(let convolution):
      guard let weights = constants[0] else { return nil }
      let epilogue = Epilogue(
        activation: KernelActivation(convolution.activation), residualPixelStride: residual)
      if convolution.groups == 1 {
        return .pointwise(weights: weights, bias: constants[1], epilogue: epilogue)
      }
      let window = Window(
        kernel: (weights.shape[2], weights.shape[3]),
        strides: (convolution.strides[0], convolution.strides[1]),
        dilations: (convolution.dilations[0], convolution.dilations[1]), padding: convolution.padding)
      return .depthwise(window: window, weights: weights, bias: constants[1], epilogue: epilogue)
    }
  }
}
