import ComputeKernels
import Graphs

extension AveragePool: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    let window = Window(
      kernel: (kernel[0], kernel[1]), strides: (strides[0], strides[1]),
      dilations: (dilations[0], dilations[1]), padding: padding)
    return lowering.lowerPool(node, .average, window, countsPadding: countIncludesPadding)
  }
}

extension MaxPool: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    let window = Window(
      kernel: (kernel[0], kernel[1]), strides: (strides[0], strides[1]),
      dilations: (dilations[0], dilations[1]), padding: padding)
    return lowering.lowerPool(node, .maximum, window, countsPadding: false)
  }
}

extension GlobalPool: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let value = node.inputs[0] else { return false }
    let input = lowering.image(value)
    let output = lowering.imageOutput(node.outputs[0])
    guard let inputStride = input.pixelStride, let outputStride = output.pixelStride else { return false }
    let kernel = GlobalPooling(
      kind: kind == .average ? .average : .maximum, input: ImageShape(input, pixelStride: inputStride),
      outputPixelStride: outputStride, instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [input], [output])
    return true
  }
}

extension Lowering {
  /// Adds the step of a pool with a window.
  fileprivate mutating func lowerPool(
    _ node: Node, _ kind: PoolingKind, _ window: Window, countsPadding: Bool
  ) -> Bool {
    guard let value = node.inputs[0] else { return false }
    let (from, to) = (type(value).shape, type(node.outputs[0]).shape)
    // Kernels expect a pixel under every window, which dilation can prevent.
    guard
      Self.everyWindowTouches(
        size: from[2], positions: to[2], taps: window.kernelHeight, stride: window.verticalStride,
        dilation: window.verticalDilation, before: window.topPadding),
      Self.everyWindowTouches(
        size: from[3], positions: to[3], taps: window.kernelWidth, stride: window.horizontalStride,
        dilation: window.horizontalDilation, before: window.leftPadding)
    else { return false }
    let input = image(value)
    let output = imageOutput(node.outputs[0])
    guard let inputStride = input.pixelStride, let outputStride = output.pixelStride else { return false }
    let kernel = Pooling(
      kind: kind, input: ImageShape(input, pixelStride: inputStride),
      output: ImageShape(output, pixelStride: outputStride), window: window, countsPadding: countsPadding,
      instructionSet: instructionSet)
    emit(kernel, [input], [output])
    return true
  }

  private static func everyWindowTouches(
    size: Int, positions: Int, taps: Int, stride: Int, dilation: Int, before: Int
  ) -> Bool {
    (0..<positions).allSatisfy { position in
      (0..<taps).contains { (0..<size).contains(position * stride - before + $0 * dilation) }
    }
  }
}
