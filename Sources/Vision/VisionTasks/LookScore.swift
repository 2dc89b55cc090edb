import Images

/// How far to trust what a network says of a part of an image, beside what it says of other parts.
enum LookScore {
  /// What a mask loses that fills all of the crop's border: an object that the crop cuts is better seen from farther.
  private static let borderWeight = 0.5

  /// Returns the network's own estimate of the intersection over union, less for a mask that the crop cuts, and less
  /// for one that contradicts the clicks.
  static func of(_ answer: ClickNetworkRunner.Answer, _ prompts: ClickPrompts, in bounds: PixelRect) -> Double
  {
    let map = answer.maps[0]
    let missed = prompts.clicks.count { map.isInside($0) != $0.isPositive }
    return answer.qualities[0] - borderWeight * map.borderShare(in: bounds)
      - Double(missed) / Double(max(prompts.clicks.count, 1))
  }
}

extension ProbabilityMap {
  /// The place of an image's point among the values; nil beyond the crop.
  func place(of click: Click) -> (column: Int, row: Int)? {
    let x = (click.x - Double(crop.x)) * Double(width) / Double(crop.width)
    let y = (click.y - Double(crop.y)) * Double(height) / Double(crop.height)
    guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { return nil }
    return (Int(x), Int(y))
  }

  /// Whether a point is inside the mask.
  func isInside(_ click: Click) -> Bool {
    guard let (column, row) = place(of: click) else { return false }
    return values[row * width + column] > Self.threshold
  }

  /// Returns how much of the crop's border lies in the mask, 0...1; edges that are the image's own do not count.
  package func borderShare(in bounds: PixelRect) -> Double {
    var places: [Int] = []
    if crop.x > bounds.x { places += stride(from: 0, to: values.count, by: width) }
    if crop.y > bounds.y { places += 0..<width }
    if crop.x + crop.width < bounds.x + bounds.width {
      places += stride(from: width - 1, to: values.count, by: width)
    }
    if crop.y + crop.height < bounds.y + bounds.height { places += values.count - width..<values.count }
    guard !places.isEmpty else { return 0 }
    return Double(places.count { values[$0] > Self.threshold }) / Double(places.count)
  }
}
