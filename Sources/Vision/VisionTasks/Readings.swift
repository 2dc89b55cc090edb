import Images

/// One answer to prompts.
struct Reading {
  /// What a mask loses that fills all of the crop's border: an object that the crop cuts is better seen from farther.
  private static let borderWeight = 0.75

  var map: ProbabilityMap
  /// The network's estimate of the mask's intersection over union, in 0...1.
  var predictedIoU: Double

  init(map: ProbabilityMap, predictedIoU: Double) {
    self.map = map
    self.predictedIoU = predictedIoU
  }

  /// What the network thinks first of a part of an image.
  init(_ answer: ClickNetworkRunner.Answer) {
    self.init(map: answer.map(of: 0), predictedIoU: answer.qualities[0])
  }

  /// Returns the network's own estimate of the intersection over union, less for a mask that the crop cuts, and less
  /// for one that contradicts the clicks.
  func score(_ prompts: ClickPrompts, in bounds: PixelRect) -> Double {
    let missed = prompts.clicks.count { map.isInside($0) != $0.isPositive }
    return predictedIoU - Self.borderWeight * map.borderShare(in: bounds)
      - Double(missed) / Double(max(prompts.clicks.count, 1))
  }
}

/// What the looks of a network at parts of an image say, and how far to trust each.
struct Readings {
  /// Masks that agree in this intersection over union are one to the user.
  private static let sameAbove = 0.8
  /// The most answers that a user will go through.
  private static let limit = 4

  /// The answers, the likeliest first: of those alike only the first, and none without the click.
  let ranked: [Reading]

  /// Ranks the answers of several looks at an image; those of the best look's other maps come last.
  init(_ answers: [ClickNetworkRunner.Answer], _ prompts: ClickPrompts, in bounds: PixelRect) {
    let looks = answers.map { (answer: $0, reading: Reading($0)) }
      .sorted { $0.reading.score(prompts, in: bounds) > $1.reading.score(prompts, in: bounds) }
    var readings = looks.map(\.reading)
    guard prompts.clicks.count == 1, prompts.box == nil, let best = looks.first?.answer else {
      ranked = Array(readings.prefix(1))
      return
    }
    readings += best.qualities.indices.dropFirst().map {
      Reading(map: best.map(of: $0), predictedIoU: best.qualities[$0])
    }
    var kept = [readings[0]]
    for reading in readings.dropFirst() where kept.count < Self.limit {
      let isNew = kept.allSatisfy { $0.map.agreement(with: reading.map) < Self.sameAbove }
      if isNew, prompts.clicks.allSatisfy({ reading.map.isInside($0) == $0.isPositive }) {
        kept.append(reading)
      }
    }
    ranked = kept
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

  /// Returns the intersection over union of two masks, as far as their crops overlap or the other's is empty beyond.
  package func agreement(with other: ProbabilityMap) -> Double {
    // Both are seen at the resolution of the larger crop, which holds the smaller.
    let (wide, narrow) = crop.area >= other.crop.area ? (self, other) : (other, self)
    let resampled = narrow.resampled(over: wide.crop, width: wide.width, height: wide.height)
    var (both, either) = (0, 0)
    for (one, two) in zip(wide.values, resampled) {
      let (isInOne, isInTwo) = (one > Self.threshold, two > Self.threshold)
      both += isInOne && isInTwo ? 1 : 0
      either += isInOne || isInTwo ? 1 : 0
    }
    return either == 0 ? 1 : Double(both) / Double(either)
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
