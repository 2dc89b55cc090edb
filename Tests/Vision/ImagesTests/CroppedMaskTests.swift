import Images
import Testing

@Suite struct CroppedMaskTests {
  @Test func partLiesInTheImage() {
    let mask = CroppedMask(
      Mask(width: 3, height: 2, values: [0, 255, 0, 255, 200, 127]),
      at: PixelRect(x: 1, y: 2, width: 3, height: 2), width: 5, height: 4)
    #expect(
      mask.whole.values == [
        0, 0, 0, 0, 0,
        0, 0, 0, 0, 0,
        0, 0, 255, 0, 0,
        0, 255, 200, 127, 0,
      ])
    #expect(mask.area == 3 && mask.whole.area == 3)
    #expect(mask.boundingBox == PixelRect(x: 1, y: 2, width: 2, height: 2))
    #expect(mask.boundingBox == mask.whole.boundingBox)
  }

  @Test func allOfAMaskIsItself() {
    let mask = Mask(width: 2, height: 2, values: [0, 9, 255, 128])
    #expect(CroppedMask(mask).whole == mask)
    #expect(CroppedMask(Mask(width: 3, height: 1)).boundingBox == nil)
  }
}
