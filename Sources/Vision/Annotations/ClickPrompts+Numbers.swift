import VisionTasks

// Prompts as files hold them: a click is x, y, and 1 for what adds or 0 for what takes away; a box is left, top, right and
// bottom.
extension ClickPrompts {
  /// What is wrong with the numbers of a file.
  package struct NumberProblem: Error {
    /// `clicks`, `box` or `reading`.
    package var field: String
    /// What they are or do.
    package var reason: String
  }

  /// How far from the photo's corner a click or box may be, in pixels; hostile numbers would overflow later.
  private static let reach = 1e6
  /// The most readings that a first click may have.
  private static let readingLimit = 1000

  /// The clicks as numbers.
  package var clickNumbers: [[Double]] { clicks.map { [$0.x, $0.y, $0.isPositive ? 1 : 0] } }

  /// The box as numbers; nil for none.
  package var boxNumbers: [Double]? { box.map { [$0.x0, $0.y0, $0.x1, $0.y1] } }

  /// Reads what `clickNumbers` and `boxNumbers` write.
  ///
  /// - Throws: `NumberProblem`.
  package init(clicks: [[Double]], box: [Double]?, reading: Int = 0) throws(NumberProblem) {
    guard clicks.allSatisfy({ $0.count == 3 }) else {
      throw NumberProblem(field: "clicks", reason: "have not three numbers each")
    }
    guard box?.count ?? 4 == 4 else { throw NumberProblem(field: "box", reason: "has not four numbers") }
    guard (clicks.flatMap { $0 } + (box ?? [])).allSatisfy({ abs($0) <= Self.reach }) else {
      throw NumberProblem(field: "clicks", reason: "are too far from the photo")
    }
    guard (0..<Self.readingLimit).contains(reading) else {
      throw NumberProblem(field: "reading", reason: "is not one that a click has")
    }
    self.init(
      clicks: clicks.map { Click(x: $0[0], y: $0[1], isPositive: $0[2] > 0) },
      box: box.map { Box(x0: $0[0], y0: $0[1], x1: $0[2], y1: $0[3]) }, reading: reading)
  }
}
