import TerminalScreen
import Testing

@Suite struct PictureMemoryTests {
  /// A memory that holds one large picture.
  private func memory() -> PictureMemory {
    var memory = PictureMemory()
    _ = memory.forgetting(rows: 24)
    memory.add(Rect(x: 0, y: 0, width: 60, height: 22))
    return memory
  }

  @Test func nobodyKnowsWhatItHoldsAtFirst() {
    var memory = PictureMemory()
    #expect(memory.isWrong)
    let bytes = String(decoding: memory.forgetting(rows: 5), as: UTF8.self)
    #expect(bytes == "\u{1B}[4;5r\u{1B}[2S\u{1B}[2S\u{1B}[2S\u{1B}[r")
    #expect(!memory.isWrong)
  }

  @Test func moreThanItHoldsLoseOne() {
    var memory = memory()
    for column in 1..<PictureMemory.capacity { memory.add(Rect(x: column, y: 3, width: 1, height: 1)) }
    #expect(!memory.isWrong)
    memory.add(Rect(x: 1, y: 3, width: 1, height: 1))
    #expect(!memory.isWrong, "the same place again takes no room")
    memory.add(Rect(x: 1, y: 4, width: 1, height: 1))
    #expect(memory.isWrong)
  }

  @Test func aPictureUnderALaterOneCannotBeReplaced() {
    var memory = memory()
    memory.add(Rect(x: 62, y: 2, width: 8, height: 20))
    memory.add(Rect(x: 0, y: 0, width: 60, height: 22))
    #expect(!memory.isWrong, "nothing lies over it")
    memory.add(Rect(x: 5, y: 5, width: 2, height: 1))
    #expect(!memory.isWrong)
    memory.add(Rect(x: 0, y: 0, width: 60, height: 22))
    #expect(memory.isWrong)
  }
}
