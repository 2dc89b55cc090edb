import Annotations
import Testing
import VisionTasks

@Suite struct RunLengthsMergingTests {
  /// Of the changes only those near the click are taken; the rest of the mask stays exactly as it was.
  @Test func whatIsAwayFromTheClickStays() {
    let old = NaiveMask(width: 40, height: 20) { x, y in
      (2..<12).contains(x) && (2..<12).contains(y) || x == 37
    }
    let new = NaiveMask(width: 40, height: 20) { x, y in (2..<16).contains(x) && (2..<12).contains(y) }
    let merged = NaiveMask(old.runs.merging(new.runs, near: Click(x: 14.5, y: 5.5), reach: 2))
    let expected = NaiveMask(width: 40, height: 20) { x, y in new[x, y] == true || x == 37 }
    #expect(merged == expected)
    #expect(old.runs.merging(new.runs, near: Click(x: 30, y: 15), reach: 2) == old.runs)
    #expect(old.runs.merging(new.runs, touching: Box(x0: 30, y0: 0, x1: 40, y1: 20)) != new.runs)
    #expect(old.runs.merging(new.runs, touching: Box(x0: 0, y0: 0, x1: 40, y1: 20)) == new.runs)
  }
}
