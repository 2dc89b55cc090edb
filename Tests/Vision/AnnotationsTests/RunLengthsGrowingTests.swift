import Annotations
import Testing

@Suite struct RunLengthsGrowingTests {
  private static let cross = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]

  @Test(arguments: 0..<80)
  func growingAndShrinkingAreThoseOfPixels(seed: Int) {
    let mask = NaiveMask.random(seed: seed)
    let grown = NaiveMask(width: mask.width, height: mask.height) { x, y in
      Self.cross.contains { mask[x + $0.0, y + $0.1] == true }
    }
    let shrunk = NaiveMask(width: mask.width, height: mask.height) { x, y in
      Self.cross.allSatisfy { mask[x + $0.0, y + $0.1] != false }
    }
    #expect(NaiveMask(mask.runs.grown) == grown)
    #expect(NaiveMask(mask.runs.shrunk) == shrunk)
  }
}
