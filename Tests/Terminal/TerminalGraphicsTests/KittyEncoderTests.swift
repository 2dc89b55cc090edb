import TerminalGraphics
import TerminalScreen
import Testing

@Suite struct KittyEncoderTests {
  private let rect = Rect(x: 3, y: 1, width: 12, height: 5)
  private let picture = TestPictures.plasma(width: 120, height: 100, seed: 3)

  @Test func stripsDecodeToThePicture() throws {
    var encoder = KittyEncoder()
    let strips = encoder.strips(of: picture, in: rect, quality: .full)
    #expect(strips.map(\.row) == [0, 2, 4] && strips.map(\.height) == [2, 2, 1])
    let shown = try strips.map { try StripReader.kitty($0.bytes) }
    #expect(shown.flatMap(\.bitmap.pixels) == picture.pixels)
    for (strip, image) in zip(strips, shown) {
      #expect(image.keys["a"] == "T" && image.keys["C"] == "1" && image.keys["q"] == "2")
      #expect(image.keys["c"] == "12" && image.keys["r"] == "\(strip.height)" && image.keys["last"] == "0")
    }
    #expect(Set(shown.map { $0.keys["i"] }).count == 3, "each strip is an image of its own")
  }

  @Test func onlyWhatChangedIsNew() {
    var encoder = KittyEncoder()
    let before = encoder.strips(of: picture, in: rect, quality: .full)
    var changed = picture
    changed.set(x: 60, y: 50, Palette.Entry(red: 1, green: 2, blue: 3))
    let after = encoder.strips(of: changed, in: rect, quality: .full)
    #expect(after[0] == before[0] && after[2] == before[2])
    #expect(after[1].generation != before[1].generation && after[1].bytes != before[1].bytes)
  }

  @Test func reducedPicturesHaveAQuarterOfThePixels() throws {
    var encoder = KittyEncoder()
    let strips = encoder.strips(of: picture, in: rect, quality: .reduced)
    let shown = try StripReader.kitty(strips[0].bytes)
    #expect(shown.bitmap.width == 60 && shown.bitmap.height == 20)
    #expect(shown.keys["c"] == "12" && shown.keys["r"] == "2")
  }

  @Test func removalNamesEveryImage() throws {
    var encoder = KittyEncoder()
    let images = try encoder.strips(of: picture, in: rect, quality: .full).map {
      try #require(try StripReader.kitty($0.bytes).keys["i"])
    }
    let removal = String(decoding: encoder.removal(rowCount: rect.height), as: UTF8.self)
    #expect(removal == images.map { "\u{1B}_Ga=d,d=I,q=2,i=\($0)\u{1B}\\" }.joined())
  }
}
