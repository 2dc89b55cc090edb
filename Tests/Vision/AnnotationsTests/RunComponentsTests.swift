import Annotations
import Testing

@Suite struct RunComponentsTests {
  @Test(arguments: 0..<60, [RunComponents.Connectivity.edges, .corners])
  func componentsAreWhatFloodingFinds(seed: Int, connectivity: RunComponents.Connectivity) {
    let mask = NaiveMask.random(seed: seed)
    let components = RunComponents(mask.runs, connectivity: connectivity)
    var seen: Set<Int> = []
    var count = 0
    for place in mask.pixels.indices where mask.pixels[place] && !seen.contains(place) {
      let (x, y) = (place % mask.width, place / mask.width)
      let region = mask.region(x: x, y: y, corners: connectivity == .corners)
      seen.formUnion(region)
      count += 1
      let number = components.component(x: x, y: y)
      let found = NaiveMask(components.mask { $0 == number })
      #expect(Set(found.pixels.indices.filter { found.pixels[$0] }) == region)
      #expect(number.map { components.areas[$0] } == region.count)
      #expect(number.map(components.bordering.contains) == mask.touchesBorder(region))
    }
    #expect(components.count == count)
    #expect(components.mask { _ in true } == mask.runs)
  }
}
