import ComputeKernels
import Graphs

extension Activation: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    lowering.lowerUnary(node, KernelActivation(function))
  }
}

extension ErrorFunction: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool { lowering.lowerUnary(node, .erf) }
}

extension Lowering {
  /// Adds the step of a function applied to each element.
  fileprivate mutating func lowerUnary(_ node: Node, _ function: KernelActivation) -> Bool {
    guard let value = node.inputs[0] else { return false }
    let result = node.outputs[0]
    let order = order(of: result)
    let output = output(result) { $0.rowsInOrder(order) != nil }
    let input = readable(view(value), order: order) { $0.rowsInOrder(order) != nil }
    if input.isDense(in: order), output.isDense(in: order) {
      let kernel = UnaryElementwise(
        count: output.elementCount, activation: function, instructionSet: instructionSet)
      emit(kernel, [input], [output], inPlace: [0])
      return true
    }
    guard let inputStride = input.rowsInOrder(order), let outputStride = output.rowsInOrder(order),
      let innermost = order.axes.last
    else { return false }
    let width = output.dimensions[innermost]
    let rows = ImageShape(
      height: 1, width: output.elementCount / width, channels: width, pixelStride: inputStride)
    let kernel = UnaryElementwise(
      image: rows, outputPixelStride: outputStride, activation: function, instructionSet: instructionSet)
    emit(kernel, [input], [output], inPlace: [0])
    return true
  }
}

extension ParametricRelu: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let value = node.inputs[0], let slopeValue = node.inputs[1],
      let slopes = lowering.constant(slopeValue), lowering.type(value).shape.rank == 4,
      let perChannel = Self.perChannel(
        slopes, shape: lowering.type(slopeValue).shape.dimensions, channels: lowering.type(value).shape[1])
    else { return false }
    let input = lowering.image(value)
    let output = lowering.imageOutput(node.outputs[0])
    guard let inputStride = input.pixelStride, let outputStride = output.pixelStride else { return false }
    let kernel = UnaryElementwise(
      image: ImageShape(input, pixelStride: inputStride), outputPixelStride: outputStride,
      activation: .identity, slopes: perChannel, instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [input], [output], inPlace: [0])
    return true
  }

  /// Returns one slope per channel of an image; nil when slopes differ within a channel.
  private static func perChannel(_ slopes: [Float], shape: [Int], channels: Int) -> [Float]? {
    if slopes.count == 1 { return [Float](repeating: slopes[0], count: channels) }
    let isPerChannel = shape == [channels] || shape.suffix(3) == [channels, 1, 1]
    return isPerChannel && slopes.count == channels ? slopes : nil
  }
}

extension StridedView {
  /// Returns the distance of neighbouring rows of the innermost axis of `order`; nil when they do not step evenly.
  func rowsInOrder(_ order: AxisOrder) -> Int? {
    guard let innermost = order.axes.last else { return nil }
    return rowStride(rows: order.axes.dropLast(), width: [innermost])
  }
}
