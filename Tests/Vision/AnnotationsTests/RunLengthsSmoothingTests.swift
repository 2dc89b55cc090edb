import Annotations
import Testing

@Suite struct RunLengthsSmoothingTests {
  @Test(arguments: 0..<60)
  func eachPixelIsWhatMostAroundItAre(seed: Int) {
    let mask = NaiveMask.random(seed: seed)
    let expected = NaiveMask(width: mask.width, height: mask.height) { x, y in
      var (inside, count) = (0, 0)
      for dy in -2...2 {
        for dx in -2...2 {
          guard let pixel = mask[x + dx, y + dy] else { continue }
          count += 1
          inside += pixel ? 1 : 0
        }
      }
      return 2 * inside == count ? mask[x, y] == true : 2 * inside > count
    }
    #expect(NaiveMask(mask.runs.smoothed) == expected)
  }
}
