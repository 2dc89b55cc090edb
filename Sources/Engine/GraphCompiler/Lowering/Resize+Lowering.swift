import ComputeKernels
import Graphs

extension Graphs.Resize: CompiledOperator {
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let value = node.inputs[0], let coordinates = kernelCoordinates else { return false }
    let input = lowering.image(value)
    guard let inputStride = input.pixelStride else { return false }
    // A result that leaves the plan channels first is written so right away: it is larger than what it is made of.
    let planar = mode == .bilinear ? lowering.rowMajorEndpoint(node.outputs[0]) : nil
    let output = planar ?? lowering.imageOutput(node.outputs[0])
    guard let outputStride = planar == nil ? output.pixelStride : output.dimensions[1] else { return false }
    let kernel = ComputeKernels.Resize(
      input: ImageShape(input, pixelStride: inputStride),
      output: ImageShape(output, pixelStride: outputStride), mode: kernelMode, coordinates: coordinates,
      isPlanar: planar != nil, instructionSet: lowering.instructionSet)
    lowering.emit(kernel, [input], [output])
    return true
  }

  private var kernelMode: ResizeMode {
    switch mode {
    case .bilinear: .bilinear
    case .nearest(.roundPreferFloor): .nearest(.roundPreferFloor)
    case .nearest(.roundPreferCeiling): .nearest(.roundPreferCeiling)
    case .nearest(.floor): .nearest(.floor)
    case .nearest(.ceiling): .nearest(.ceiling)
    }
  }

  /// The kernels' name for the coordinates; nil where they have none.
  var kernelCoordinates: ResizeCoordinates? {
    switch coordinates {
    case .halfPixel: .halfPixel
    // The two differ along an axis of one pixel only.
    case .pytorchHalfPixel: height > 1 && width > 1 ? .halfPixel : nil
    case .alignCorners: .alignCorners
    case .asymmetric: .asymmetric
    }
  }
}
