import InferenceEngine

/// A layer's result as images: one for each channel.
public struct FeatureMap: Sendable, Hashable {
  /// The images, their height and their width.
  public let channels, height, width: Int
  /// The numbers, channel by channel, row by row.
  public var values: [Float]

  /// Makes a map of `channels * height * width` numbers.
  public init(channels: Int, height: Int, width: Int, values: [Float]) {
    precondition(values.count == channels * height * width, "Numbers for another size")
    (self.channels, self.height, self.width, self.values) = (channels, height, width, values)
  }

  /// Sees a tensor as images: the first of a batch [N, C, H, W]; tokens [N, T, D] as D images, square where T allows it; anything
  /// else as one image of its last dimension's width. Nil for values without elements and other than float32 ones.
  public init?(_ tensor: Tensor) {
    let sizes = tensor.shape.dimensions
    guard tensor.elementType == .float32, tensor.shape.elementCount > 0 else { return nil }
    let values: [Float] = tensor.elements()
    switch sizes.count {
    case 4:
      self.init(
        channels: sizes[1], height: sizes[2], width: sizes[3],
        values: Array(values.prefix(sizes[1] * sizes[2] * sizes[3])))
    case 3:
      let (tokens, depth) = (sizes[1], sizes[2])
      let side = Int(Double(tokens).squareRoot().rounded())
      let (height, width) = side * side == tokens ? (side, side) : (1, tokens)
      self.init(
        channels: depth, height: height, width: width,
        values: (0..<depth * tokens).map { values[$0 % tokens * depth + $0 / tokens] })
    default:
      let width = sizes.last ?? 1
      self.init(channels: 1, height: values.count / width, width: width, values: values)
    }
  }

  /// The numbers of one channel.
  public func channel(_ index: Int) -> ArraySlice<Float> {
    values[index * height * width..<(index + 1) * height * width]
  }

  /// The mean of the channels at each place.
  public var mean: [Float] {
    var sums = [Float](repeating: 0, count: height * width)
    for index in 0..<channels {
      for (place, value) in channel(index).enumerated() { sums[place] += value }
    }
    return sums.map { $0 / Float(channels) }
  }

  /// The channel with the greatest number at each place.
  public var strongestChannels: [Int] {
    var (best, strongest) = (Array(channel(0)), [Int](repeating: 0, count: height * width))
    for index in 1..<max(channels, 1) {
      for (place, value) in channel(index).enumerated() where value > best[place] {
        (best[place], strongest[place]) = (value, index)
      }
    }
    return strongest
  }

  /// Turns every row around.
  public mutating func mirror() {
    for row in stride(from: 0, to: values.count, by: width) { values[row..<row + width].reverse() }
  }
}
