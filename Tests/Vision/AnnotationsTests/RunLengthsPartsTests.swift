import Annotations
import Testing

/// Holes, specks, parts and flooding, against flooding pixel by pixel.
@Suite struct RunLengthsPartsTests {
  @Test(arguments: 0..<60)
  func holesAreFilled(seed: Int) {
    let mask = NaiveMask.random(seed: seed)
    let filled = NaiveMask(width: mask.width, height: mask.height) { x, y in
      mask[x, y] == true || !mask.touchesBorder(mask.region(x: x, y: y, corners: false))
    }
    #expect(NaiveMask(mask.runs.withoutHoles) == filled)
  }

  @Test(arguments: 0..<60)
  func specksGoAndTheLargestPartStays(seed: Int) {
    let mask = NaiveMask.random(seed: seed)
    let parts = mask.runs.parts
    let areas = parts.map(\.area)
    #expect(areas == areas.sorted(by: >))
    #expect(parts.reduce(RunLengths(width: mask.width, height: mask.height)) { $0.union($1) } == mask.runs)
    let limit = 5
    let cleaned = NaiveMask(mask.runs.removingSpecks(below: limit))
    for place in mask.pixels.indices {
      let region = mask.region(x: place % mask.width, y: place / mask.width, corners: true)
      if mask.pixels[place], region.count >= limit { #expect(cleaned.pixels[place]) }
      if mask.pixels[place], region.count < min(limit, areas[0]) { #expect(!cleaned.pixels[place]) }
      if !mask.pixels[place] { #expect(!cleaned.pixels[place]) }
    }
    #expect(cleaned.pixels.contains(true) == mask.pixels.contains(true))
  }

  @Test(arguments: 0..<60)
  func floodingTurnsOneRegion(seed: Int) {
    let mask = NaiveMask.random(seed: seed)
    for place in stride(from: 0, to: mask.pixels.count, by: 7) {
      let (x, y) = (place % mask.width, place / mask.width)
      let region = mask.region(x: x, y: y, corners: mask.pixels[place])
      let flooded = mask.runs.flooded(x: x, y: y)
      if !mask.pixels[place], mask.touchesBorder(region) {
        #expect(flooded == nil)
      } else {
        let expected = NaiveMask(width: mask.width, height: mask.height) { x, y in
          mask[x, y] != region.contains(y * mask.width + x)
        }
        #expect(flooded.map(NaiveMask.init) == expected)
      }
    }
    #expect(mask.runs.flooded(x: -1, y: 0) == nil && mask.runs.flooded(x: 0, y: mask.height) == nil)
  }
}
