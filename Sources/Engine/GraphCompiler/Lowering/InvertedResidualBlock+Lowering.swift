import ComputeKernels
import Graphs

extension InvertedResidualBlock: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let image = node.inputs[0], let expandWeight = lowering.tensor(node.inputs[1]),
      let depthwiseWeight = lowering.tensor(node.inputs[3]),
      let projectWeight = lowering.tensor(node.inputs[5])
    else { return false }
    let input = lowering.image(image)
    let residual = node.inputs[7].map { lowering.image($0) }
    let output = lowering.imageOutput(node.outputs[0])
    guard let inputStride = input.pixelStride, let outputStride = output.pixelStride else { return false }
    let kernel = InvertedResidual(
      input: ImageShape(input, pixelStride: inputStride),
      output: ImageShape(output, pixelStride: outputStride),
      expand: PointwiseStage(
        weights: expandWeight, bias: lowering.tensor(node.inputs[2]),
        epilogue: Epilogue(activation: KernelActivation(expand.activation))),
      window: Window(
        kernel: (depthwiseWeight.shape[2], depthwiseWeight.shape[3]),
        strides: (depthwise.strides[0], depthwise.strides[1]),
        dilations: (depthwise.dilations[0], depthwise.dilations[1]), padding: depthwise.padding),
      depthwiseWeights: depthwiseWeight, depthwiseBias: lowering.tensor(node.inputs[4]),
      depthwiseEpilogue: Epilogue(activation: KernelActivation(depthwise.activation)),
      project: PointwiseStage(
        weights: projectWeight, bias: lowering.tensor(node.inputs[6]),
        epilogue: Epilogue(
          activation: KernelActivation(project.activation),
          residualPixelStride: residual.flatMap(\.pixelStride))),
      instructionSet: lowering.instructionSet)
    // The image is read by other rows' strips after a row is written, so that it may not be overwritten.
    let mayOverwriteResidual = residual != nil && residual?.buffer != input.buffer
    lowering.emit(kernel, [input, residual], [output], inPlace: mayOverwriteResidual ? [1] : [])
    return true
  }
}
