import Images

/// How likely each place of a part of an image belongs to the object, as a network sees it.
public struct ProbabilityMap: Sendable, Equatable {
  /// Probabilities above it are inside: the threshold of RITM (2021).
  public static let threshold: Float = 0.49

  /// Values in a row, and rows.
  public let width, height: Int
  /// The probabilities, row by row from the top.
  public let values: [Float]
  /// The part of the image that the values cover.
  public let crop: PixelRect

  /// Makes a map.
  public init(width: Int, height: Int, values: [Float], crop: PixelRect) {
    precondition(values.count == width * height && !crop.isEmpty, "The probabilities fill their rows")
    self.width = width
    self.height = height
    self.values = values
    self.crop = crop
  }

  /// Returns the mask of an image of the given size; nothing beyond `crop` is inside.
  ///
  /// - Parameter threshold: Where probabilities are above it is inside.
  public func mask(
    width imageWidth: Int, height imageHeight: Int, threshold: Float = ProbabilityMap.threshold
  ) -> Mask {
    Mask(
      interpolating: values, columns: width, rows: height, over: crop, width: imageWidth,
      height: imageHeight, threshold: threshold)
  }

  /// Returns `height` rows of `width` probabilities that cover another part of the image; 0 beyond `crop`.
  public func resampled(over other: PixelRect, width newWidth: Int, height newHeight: Int) -> [Float] {
    let columns = Self.places(
      count: newWidth, from: other.x, length: other.width, samples: width, crop.x, crop.width)
    let rows = Self.places(
      count: newHeight, from: other.y, length: other.height, samples: height, crop.y, crop.height)
    var result = [Float](repeating: 0, count: newWidth * newHeight)
    for (y, row) in rows.enumerated() {
      guard let row else { continue }
      for (x, column) in columns.enumerated() {
        guard let column else { continue }
        let top = blend(row.first, column)
        let bottom = blend(row.second, column)
        result[y * newWidth + x] = top + row.part * (bottom - top)
      }
    }
    return result
  }

  /// Two neighbouring samples and how far between them a place is.
  private typealias Place = (first: Int, second: Int, part: Float)

  private func blend(_ row: Int, _ column: Place) -> Float {
    let left = values[row * width + column.first]
    return left + column.part * (values[row * width + column.second] - left)
  }

  /// Returns where `count` new samples of `length` pixels from `from` on lie among `samples` old ones of `cropLength`
  /// pixels from `cropStart` on; nil outside.
  private static func places(
    count: Int, from: Int, length: Int, samples: Int, _ cropStart: Int, _ cropLength: Int
  ) -> [Place?] {
    (0..<count).map { index in
      let pixel = Double(from - cropStart) + (Double(index) + 0.5) * Double(length) / Double(count)
      guard pixel >= 0 && pixel <= Double(cropLength) else { return nil }
      let sample = min(max(pixel * Double(samples) / Double(cropLength) - 0.5, 0), Double(samples - 1))
      let first = Int(sample)
      return (first, min(first + 1, samples - 1), Float(sample - Double(first)))
    }
  }
}
