import Images

extension ProbabilityMap {
  /// Returns the mean probability in a box of the image, as far as it lies inside; 0 outside.
  package func mean(in box: Box) -> Double {
    let columns = places(box.x0, box.x1, crop.x, crop.width, width)
    let rows = places(box.y0, box.y1, crop.y, crop.height, height)
    guard !columns.isEmpty, !rows.isEmpty else { return 0 }
    let sum = rows.reduce(Float(0)) { sum, row in
      columns.reduce(sum) { $0 + values[row * width + $1] }
    }
    return Double(sum) / Double(rows.count * columns.count)
  }

  /// The samples of an axis that show pixels from `start` to `end`.
  private func places(
    _ start: Double, _ end: Double, _ origin: Int, _ length: Int, _ count: Int
  ) -> Range<Int> {
    func place(_ pixel: Double) -> Double { (pixel - Double(origin)) * Double(count) / Double(length) }
    let first = Int(min(max(place(start), 0), Double(count)))
    let last = Int(min(max(place(end).rounded(.up), 0), Double(count)))
    return first..<max(first, last)
  }
}

extension ParsedFace {
  /// Where people are less probable than this no part of a face is.
  static let leastPersonProbability: Float = 0.2

  /// Makes background of what does not belong to a person in the foreground.
  package mutating func restrict(to people: ProbabilityMap) {
    let crop = people.crop
    let columns = (region.x..<region.x + region.width).map { ($0 - crop.x) * people.width / crop.width }
    isBeyondPeople = [Bool](repeating: false, count: region.area)
    for y in 0..<region.height {
      let row = (region.y + y - crop.y) * people.height / crop.height * people.width
      for x in 0..<region.width {
        let probability = people.values[row + columns[x]]
        let index = y * region.width + x
        guard probability < Self.leastPersonProbability else { continue }
        isBeyondPeople[index] = true
        guard parts[index] != 0 else { continue }
        parts[index] = FacePart.background.rawValue
        confidences[index] = UInt8((1 - probability) * 255)
      }
    }
  }
}
