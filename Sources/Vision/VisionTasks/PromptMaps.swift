import Images

/// Draws prompts as the maps that a click network reads, at the size of its input.
///
/// The four maps are disks at positive clicks, disks at negative clicks, the box (ones everywhere without one), and
/// the probabilities of the mask before (zeros without one). The encoding is RITM's (Sofiiuk et al., 2021).
package struct PromptMaps {
  /// The number of maps.
  package static let count = 4
  /// The radius of a disk in pixels of the network's input.
  static let radius = 5

  /// The part of the image that the network sees.
  package let crop: PixelRect
  /// The size of the network's input.
  package let width, height: Int
  /// The values, pixel by pixel with the maps innermost.
  package private(set) var values: [Float]

  /// Draws the maps.
  package init(_ prompts: ClickPrompts, previous: ProbabilityMap?, crop: PixelRect, width: Int, height: Int) {
    self.crop = crop
    self.width = width
    self.height = height
    values = [Float](repeating: 0, count: Self.count * width * height)
    for click in prompts.clicks { drawDisk(click, map: click.isPositive ? 0 : 1) }
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

  private func column(_ x: Double) -> Double { (x - Double(crop.x)) * Double(width) / Double(crop.width) }

  private func row(_ y: Double) -> Double { (y - Double(crop.y)) * Double(height) / Double(crop.height) }

  /// Sets the pixels within the radius of a click's pixel, as far as they are inside.
  private mutating func drawDisk(_ click: Click, map: Int) {
    let x = column(click.x).rounded(.down)
    let y = row(click.y).rounded(.down)
    let reach = Double(Self.radius)
    guard x >= -reach, y >= -reach, x <= Double(width) + reach, y <= Double(height) + reach else { return }
    let columns = Self.range(x - reach, x + reach + 1, limit: width)
    for row in Self.range(y - reach, y + reach + 1, limit: height) {
      for column in columns {
        let (across, down) = (column - Int(x), row - Int(y))
        guard across * across + down * down <= Self.radius * Self.radius else { continue }
        values[Self.count * (row * width + column) + map] = 1
      }
    }
  }

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
