import ComputeKernels
import Graphs
import Tensors

extension Convolution: CompiledOperator {
  /// The most taps that kernels' tables hold.
  private static let tapLimit = 256

  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    let operands = node.inputs + [ValueID?](repeating: nil, count: 5 - node.inputs.count)
    guard let image = operands[0], let weight = lowering.tensor(operands[1]),
      operands[2] == nil || lowering.tensor(operands[2]) != nil,
      operands[3] == nil || lowering.tensor(operands[3]) != nil,
      weight.shape[2] * weight.shape[3] <= Self.tapLimit
    else { return false }
    let window = Window(
      kernel: (weight.shape[2], weight.shape[3]), strides: (strides[0], strides[1]),
      dilations: (dilations[0], dilations[1]), padding: padding)
    let planeStride = planeStride(of: image, window, &lowering)
    let input = planeStride == nil ? lowering.image(image) : lowering.view(image)
    let residual = operands[4].map { lowering.image($0) }
    let output = lowering.imageOutput(node.outputs[0])
    guard let inputStride = planeStride == nil ? input.pixelStride : input.dimensions[1],
      let outputStride = output.pixelStride
    else { return false }
    let choice = ConvolutionChoice(
      input: ImageShape(input, pixelStride: inputStride), planeStride: planeStride,
      output: ImageShape(output, pixelStride: outputStride), window: window, groups: groups, weights: weight,
      bias: lowering.tensor(operands[2]),
      epilogue: Epilogue(
        activation: KernelActivation(activation), slopes: lowering.constant(operands[3]),
        residualPixelStride: residual.flatMap(\.pixelStride)))
    let selection = lowering.select(
      choice.candidates(lowering.instructionSet, threads: lowering.threads), for: choice.problem)
    // A depthwise kernel may not overwrite the residual, and no kernel its image.
    let mayOverwriteResidual =
      residual != nil && residual?.buffer != input.buffer && !(selection.kernel is DepthwiseConvolution)
    lowering.emit(selection, [input, residual], [output], inPlace: mayOverwriteResidual ? [1] : [])
    return true
  }

  /// Returns the distance of the image's channels when they lie one behind the other and are better read so.
  private func planeStride(of image: ValueID, _ window: Window, _ lowering: inout Lowering) -> Int? {
    let view = lowering.view(image)
    guard groups == 1, view.pixelStride == nil,
      DenseConvolution.readsPlanes(channels: view.dimensions[1], window: window)
    else { return nil }
    return view.planeStride
  }
}
