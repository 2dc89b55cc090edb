import Annotations
import Testing

@Suite struct RunLengthsOutlinesTests {
  @Test func aRingHasTwoLines() throws {
    let ring = NaiveMask(width: 5, height: 4) { x, y in x > 0 && y > 0 && !(x == 2 && y == 2) }.runs
    let outline = try #require(ring.outlines().first)
    #expect(ring.outlines().count == 1)
    #expect(outline.outer == [(1, 1), (5, 1), (5, 4), (1, 4)].map { ImagePlace(x: $0.0, y: $0.1) })
    #expect(outline.holes == [[(2, 2), (2, 3), (3, 3), (3, 2)].map { ImagePlace(x: $0.0, y: $0.1) }])
    let inset = try #require(ring.outlines(inset: 0.25).first)
    #expect(
      inset.outer.first == ImagePlace(x: 1.25, y: 1.25) && inset.outer[2] == ImagePlace(x: 4.75, y: 3.75))
    #expect(inset.holes[0].first == ImagePlace(x: 1.75, y: 1.75))
  }

  @Test func cornersDoNotJoin() {
    let mask = NaiveMask(width: 4, height: 4) { x, y in x == y }.runs
    #expect(mask.outlines().map(\.outer.count) == [4, 4, 4, 4])
    #expect(RunLengths(width: 3, height: 3).outlines().isEmpty)
  }

  /// The outlines hold the mask and nothing else; each part is one that shares edges, and has its own holes.
  @Test(arguments: 0..<60)
  func theyMakeTheMaskAgain(seed: Int) {
    let mask = NaiveMask.random(seed: seed).runs
    for inset in [0, 0.25] {
      let outlines = mask.outlines(inset: inset)
      let rings = outlines.flatMap(\.rings)
      #expect(RunLengths(width: mask.width, height: mask.height, rings: rings) == mask)
      let components = RunComponents(mask)
      #expect(outlines.count == components.count)
      for (part, outline) in outlines.enumerated() {
        let found = RunLengths(width: mask.width, height: mask.height, rings: outline.rings)
        #expect(found == components.mask { $0 == part })
      }
    }
  }
}
