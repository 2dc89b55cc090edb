import Tensors

/// A convolution whose taps are moved by offsets, and weighed by a mask, that are given for every place, of Dai et
/// al. (2017) and Zhu et al. (2019), as ONNX DeformConv.
///
/// Operands: `[N, C, H, W]`; weight `[M, C / groups, kH, kW]`; offsets `[N, O kH kW 2, H', W']`, rows before columns;
/// optional bias `[M]` and mask `[N, O kH kW, H', W']`; O offset groups.
public struct DeformableConvolution: Operator, Hashable {
  public static let name = "DeformableConvolution"

  /// Where the kernel lies before it is moved.
  public var window: SpatialWindow
  /// Into how many parts channels are divided.
  public var groups: Int
  /// How many parts of the channels have offsets of their own.
  public var offsetGroups: Int

  /// Makes a convolution.
  public init(window: SpatialWindow, groups: Int = 1, offsetGroups: Int = 1) {
    self.window = window
    self.groups = groups
    self.offsetGroups = offsetGroups
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 3...5)
    let image = try operands.image(0, "the image")
    let plain = SpatialConvolution(window: window, groups: groups)
    let bias = inputs.count > 3 ? [inputs[3]] : []
    let result = try plain.outputTypes(for: Array(inputs[..<2]) + bias)[0]
    guard (1...max(image[1], 1)).contains(offsetGroups), image[1] % offsetGroups == 0 else {
      throw operands.attributeError("offsetGroups", offsetGroups, "a divisor of \(image[1])")
    }
    let taps = Cost.product(window.kernel + [offsetGroups])
    let place = result.shape.dimensions[2...]
    try operands.require(2, "the offsets", is: try operands.result([image[0], 2 * taps] + place).shape)
    try operands.optional(4, "the mask", is: try operands.result([image[0], taps] + place).shape)
    return [result]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    SpatialConvolution(window: window, groups: groups).cost(inputs: inputs, outputs: outputs)
  }
}

extension DeformableConvolution {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, values) = (inputs[0]!.shape, inputs[0]!.doubles)
    let (weightShape, weights) = (inputs[1]!.shape, inputs[1]!.doubles)
    let offsets = inputs[2]!.doubles
    let bias = inputs.count > 3 ? inputs[3]?.doubles : nil
    let mask = inputs.count > 4 ? inputs[4]?.doubles : nil
    let slides = window.slides(over: shape)
    let taps = window.kernel[0] * window.kernel[1]
    let places = result[2] * result[3]
    let channels = weightShape[1]
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    for image in 0..<result[0] {
      for filter in 0..<result[1] {
        let firstChannel = filter / (result[1] / groups) * channels
        for place in 0..<places {
          var sum = bias?[filter] ?? 0
          for channel in firstChannel..<firstChannel + channels {
            let plane = (image * shape[1] + channel) * shape[2] * shape[3]
            let group = image * offsetGroups + channel / (shape[1] / offsetGroups)
            for tap in 0..<taps {
              let moved = (group * taps + tap) * 2 * places + place
              let y = slides[0].pixel(position: place / result[3], tap: tap / window.kernel[1])
              let x = slides[1].pixel(position: place % result[3], tap: tap % window.kernel[1])
              let sample = sample(
                values, plane, shape, Double(y) + offsets[moved], Double(x) + offsets[moved + places])
              let weight = weights[(filter * channels + channel - firstChannel) * taps + tap]
              sum += sample * weight * (mask?[(group * taps + tap) * places + place] ?? 1)
            }
          }
          output.append(Float(sum))
        }
      }
    }
    return [Tensor(result, elements: output)]
  }

  /// Returns a bilinear sample; outside of the image are zeros.
  private func sample(_ values: [Double], _ plane: Int, _ shape: Shape, _ y: Double, _ x: Double) -> Double {
    guard y > -1, x > -1, y < Double(shape[2]), x < Double(shape[3]) else { return 0 }
    let (top, left) = (y.rounded(.down), x.rounded(.down))
    var sum = 0.0
    for (row, rowWeight) in [(Int(top), top + 1 - y), (Int(top) + 1, y - top)]
    where (0..<shape[2]).contains(row) {
      for (column, columnWeight) in [(Int(left), left + 1 - x), (Int(left) + 1, x - left)]
      where (0..<shape[3]).contains(column) {
        sum += rowWeight * columnWeight * values[plane + row * shape[3] + column]
      }
    }
    return sum
  }
}
