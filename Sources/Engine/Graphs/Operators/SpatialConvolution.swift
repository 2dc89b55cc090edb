import Tensors

/// A convolution over any number of spatial axes, as ONNX Conv; images in the plane have `Convolution`, which is fast.
///
/// Operands: `[N, C, D1, …]`; weight `[M, C / groups, k1, …]`; optional bias `[M]`.
public struct SpatialConvolution: Operator, Hashable {
  public static let name = "SpatialConvolution"

  /// Where the kernel lies, for each spatial axis.
  public var window: SpatialWindow
  /// Into how many parts channels are divided.
  public var groups: Int

  /// Makes a convolution.
  public init(window: SpatialWindow, groups: Int = 1) {
    self.window = window
    self.groups = groups
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...3)
    let value = try operands.floats(0, "the values")
    let weight = try operands.floats(1, "the weight", rank: value.rank)
    try window.check(rank: value.rank - 2, operands)
    guard groups >= 1, Array(weight.dimensions[2...]) == window.kernel, weight[0] % groups == 0,
      weight[1].multipliedReportingOverflow(by: groups).partialValue == value[1]
    else {
      throw operands.shapeError("the weight", weight, "\(groups) groups over the channels of \(value)")
    }
    try operands.optional(2, "the bias", is: [weight[0]])
    var sizes: [Int] = []
    for slide in window.slides(over: value) {
      guard let size = slide.outputSize() else {
        throw operands.shapeError("the values", value, "at least the dilated kernel with padding")
      }
      sizes.append(size)
    }
    return [try operands.result([value[0], weight[0]] + sizes)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    let taps = inputs[1]!.shape.dimensions[1...]
    return Cost(
      multiplyAdds: Cost.product([outputs[0].shape.elementCount] + taps),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension SpatialConvolution {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, values) = (inputs[0]!.shape, inputs[0]!.floats)
    let (weightShape, weights) = (inputs[1]!.shape, inputs[1]!.floats)
    let bias = inputs.count > 2 ? inputs[2]?.floats : nil
    let slides = window.slides(over: shape)
    let planeSize = shape.dimensions[2...].reduce(1, *)
    let kernelSize = window.kernel.reduce(1, *)
    let channels = weightShape[1]
    let strides = Array(shape.strides[2...])
    let kernelStrides = Array(weightShape.strides[2...])
    // Of each position: offsets of elements and of the taps that meet them.
    let meetings = rowMajorPositions(Array(result.dimensions[2...])).map { position in
      let taps = slides.indices.map { slides[$0].taps(onPixelsAt: position[$0]) }
      return zip(
        rowMajorSums(
          taps.enumerated().map { axis, taps in
            taps.map { slides[axis].pixel(position: position[axis], tap: $0) * strides[axis] }
          }),
        rowMajorSums(taps.enumerated().map { axis, taps in taps.map { $0 * kernelStrides[axis] } })
      ).map { ($0, $1) }
    }
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    for image in 0..<result[0] {
      for filter in 0..<result[1] {
        let firstChannel = filter / (result[1] / groups) * channels
        for meeting in meetings {
          var sum = Double(bias?[filter] ?? 0)
          for channel in 0..<channels {
            let plane = (image * shape[1] + firstChannel + channel) * planeSize
            let kernel = (filter * channels + channel) * kernelSize
            for (element, tap) in meeting {
              sum += Double(values[plane + element]) * Double(weights[kernel + tap])
            }
          }
          output.append(Float(sum))
        }
      }
    }
    return [Tensor(result, elements: output)]
  }
}
