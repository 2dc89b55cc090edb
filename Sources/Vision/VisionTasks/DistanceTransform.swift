/// Exact Euclidean distances to the nearest pixel outside a region, squared so that they stay whole numbers.
///
/// Two passes, columns then lower envelopes of parabolas along rows: Meijster, Roerdink and Hesselink,
/// "A general algorithm for computing distance transforms in linear time" (2000).
package enum DistanceTransform {
  /// Returns the squared distance from the centre of each pixel to the centre of the nearest pixel outside.
  ///
  /// The region is surrounded by a border of one pixel that counts as outside, so its distances are finite.
  ///
  /// - Parameter region: Whether each pixel of `width` x `height` is inside, row by row.
  package static func squaredDistances(_ region: [Bool], width: Int, height: Int) -> [Int] {
    precondition(region.count == width * height, "The region fills its rows")
    let columns = verticalDistances(region, width: width, height: height)
    var result = [Int](repeating: 0, count: width * height)
    // The border's columns are at -1 and `width`, at distance 0.
    var row = [Int](repeating: 0, count: width + 2)
    var envelope = LowerEnvelope(count: width + 2)
    for y in 0..<height {
      for x in 0..<width { row[x + 1] = columns[y * width + x] }
      envelope.build(row)
      envelope.forEachMinimum { x, squared in
        if x >= 1 && x <= width { result[y * width + x - 1] = squared }
      }
    }
    return result
  }

  /// Returns the distance of each pixel to the nearest pixel outside in its own column.
  private static func verticalDistances(_ region: [Bool], width: Int, height: Int) -> [Int] {
    var distances = [Int](repeating: 0, count: width * height)
    for x in 0..<width {
      var above = 0
      for y in 0..<height {
        above = region[y * width + x] ? above + 1 : 0
        distances[y * width + x] = above
      }
      var below = 0
      for y in stride(from: height - 1, through: 0, by: -1) {
        below = region[y * width + x] ? below + 1 : 0
        distances[y * width + x] = min(distances[y * width + x], below)
      }
    }
    return distances
  }
}

/// The smallest of the parabolas (x - i)^2 + g(i)^2 at each whole x of a row.
private struct LowerEnvelope {
  /// Which parabolas are smallest somewhere, from left to right, and where each begins to be.
  private var parabolas: [Int]
  private var beginnings: [Int]
  private var heights: [Int] = []
  private var last = 0

  init(count: Int) {
    parabolas = [Int](repeating: 0, count: count)
    beginnings = parabolas
  }

  /// Finds the envelope of the parabolas whose lowest points are `distances` squared.
  mutating func build(_ distances: [Int]) {
    heights = distances.map { $0 * $0 }
    last = 0
    parabolas[0] = 0
    beginnings[0] = 0
    for next in 1..<distances.count {
      while last >= 0 && value(parabolas[last], at: beginnings[last]) > value(next, at: beginnings[last]) {
        last -= 1
      }
      if last < 0 {
        last = 0
        parabolas[0] = next
        beginnings[0] = 0
        continue
      }
      let beginning = 1 + crossing(parabolas[last], next)
      if beginning < distances.count {
        last += 1
        parabolas[last] = next
        beginnings[last] = beginning
      }
    }
  }

  /// Calls `body` with each place of the row, from the right, and the smallest value there.
  func forEachMinimum(_ body: (Int, Int) -> Void) {
    var current = last
    for x in stride(from: heights.count - 1, through: 0, by: -1) {
      body(x, value(parabolas[current], at: x))
      if x == beginnings[current] { current -= 1 }
    }
  }

  private func value(_ parabola: Int, at x: Int) -> Int {
    (x - parabola) * (x - parabola) + heights[parabola]
  }

  /// The last whole place at which the left parabola is not above the right one.
  private func crossing(_ left: Int, _ right: Int) -> Int {
    let numerator = right * right - left * left + heights[right] - heights[left]
    let denominator = 2 * (right - left)
    return numerator >= 0 ? numerator / denominator : -((-numerator + denominator - 1) / denominator)
  }
}
