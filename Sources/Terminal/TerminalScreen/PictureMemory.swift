/// What xterm remembers of the sixel pictures that it was sent, to draw them again when its window is uncovered.
///
/// It keeps 16; of more the topmost is lost, be it the largest. One that is sent to the place of another of its size
/// takes over that one's turn, so that later ones are drawn over it (xterm's `graphics.c`).
package struct PictureMemory {
  package static let capacity = 16

  /// In the order in which xterm would draw them.
  private var pictures: [Rect] = []
  /// Whether xterm would draw something else than it shows; before a first `forgetting` nobody knows.
  package private(set) var isWrong = true

  package init() {}

  /// Takes note of a picture that was sent.
  package mutating func add(_ rect: Rect) {
    guard let index = pictures.firstIndex(of: rect) else {
      pictures.append(rect)
      if pictures.count > Self.capacity { isWrong = true }
      return
    }
    if pictures[(index + 1)...].contains(where: { !$0.intersection(rect).isEmpty }) { isWrong = true }
  }

  /// Makes xterm forget all pictures without a change to what it shows above the last two rows, which become blank.
  ///
  /// Scrolling those two rows moves all that it remembers up, above the screen at last; from there it takes the room
  /// for new ones.
  package mutating func forgetting(rows: Int) -> [UInt8] {
    pictures = []
    isWrong = false
    let scroll = String(repeating: "\u{1B}[2S", count: (rows + 1) / 2)
    return Array("\u{1B}[\(rows - 1);\(rows)r\(scroll)\u{1B}[r".utf8)
  }
}
