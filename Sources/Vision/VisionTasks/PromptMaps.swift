import Images

/// Draws prompts as the maps that a click network reads, at the size of its input.
///
/// The four maps are the positive clicks, the negative clicks, the box (ones everywhere without one), and the
/// probabilities of the mask before (zeros without one). A click is RITM's disk (Sofiiuk et al., 2021) with a tail:
/// 1 up to a radius and `1 / (1 + (distance - radius) / tail)` beyond, so that a small network feels it everywhere.
package struct PromptMaps {
  /// The number of maps.
  package static let count = 4
  /// The radius of a click's disk, in pixels of the network's input.
  package static let radius: Float = 5
  /// How far beyond the disk a click's value has fallen to a half, in pixels of the network's input.
  package static let tail: Float = 20

  /// The part of the image that the network sees.
  package let crop: PixelRect
  /// The size of the network's input.
  package let width, height: Int
  /// The values, pixel by pixel with the maps innermost.
  package internal(set) var values: [Float]

  /// Draws the maps.
  package init(_ prompts: ClickPrompts, previous: ProbabilityMap?, crop: PixelRect, width: Int, height: Int) {
    self.crop = crop
    self.width = width
    self.height = height
    values = [Float](repeating: 0, count: Self.count * width * height)
    draw(prompts.clicks.filter(\.isPositive), map: 0)
    draw(prompts.clicks.filter { !$0.isPositive }, map: 1)
    if let box = prompts.box {
      fill(
        map: 2, columns: Self.range(column(box.x0), column(box.x1), limit: width),
        rows: Self.range(row(box.y0), row(box.y1), limit: height))
    } else {
      fill(map: 2, columns: 0..<width, rows: 0..<height)
    }
    if let previous {
      let probabilities = previous.resampled(over: crop, width: width, height: height)
      for (index, probability) in probabilities.enumerated() { values[Self.count * index + 3] = probability }
    }
  }

  func column(_ x: Double) -> Double { (x - Double(crop.x)) * Double(width) / Double(crop.width) }

  func row(_ y: Double) -> Double { (y - Double(crop.y)) * Double(height) / Double(crop.height) }

  private mutating func fill(map: Int, columns: Range<Int>, rows: Range<Int>) {
    for row in rows {
      for column in columns { values[Self.count * (row * width + column) + map] = 1 }
    }
  }

  /// The whole numbers between two rounded ones, as far as they are in 0..<limit.
  private static func range(_ start: Double, _ end: Double, limit: Int) -> Range<Int> {
    func clipped(_ value: Double) -> Int { Int(min(max(value.rounded(.toNearestOrEven), 0), Double(limit))) }
    let first = clipped(start)
    return first..<max(clipped(end), first)
  }
}
