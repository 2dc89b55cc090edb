import TerminalGraphics
import TerminalScreen
import Testing

@Suite struct KittyEncoderTests {
  private let rect = Rect(x: 3, y: 1, width: 20, height: 5)
  private let picture = TestPictures.plasma(width: 200, height: 100, seed: 3)

  @Test func tilesDecodeToThePicture() throws {
    var encoder = KittyEncoder()
    let tiles = encoder.tiles(of: picture, in: rect, quality: .full)
    #expect(tiles.map(\.rect.x) == [0, 16, 0, 16] && tiles.map(\.rect.y) == [0, 0, 3, 3])
    let shown = try tiles.map { try TileReader.kitty($0.bytes) }
    for (tile, image) in zip(tiles, shown) {
      #expect(image.keys["a"] == "T" && image.keys["C"] == "1" && image.keys["q"] == "2")
      #expect(image.keys["c"] == "\(tile.rect.width)" && image.keys["r"] == "\(tile.rect.height)")
      #expect(image.keys["last"] == "0")
      for y in 0..<image.bitmap.height {
        for x in 0..<image.bitmap.width {
          let whole = picture.entry(x: 10 * tile.rect.x + x, y: 20 * tile.rect.y + y)
          #expect(image.bitmap.entry(x: x, y: y) == whole)
        }
      }
    }
    #expect(shown.reduce(0) { $0 + $1.bitmap.width * $1.bitmap.height } == 200 * 100)
    #expect(Set(shown.map { $0.keys["i"] }).count == 4, "each tile is an image of its own")
  }

  @Test func onlyWhatChangedIsNew() {
    var encoder = KittyEncoder()
    let before = encoder.tiles(of: picture, in: rect, quality: .full)
    var changed = picture
    changed.set(x: 190, y: 50, Palette.Entry(red: 1, green: 2, blue: 3))
    let after = encoder.tiles(of: changed, in: rect, quality: .full)
    #expect(after[0] == before[0] && after[2] == before[2] && after[3] == before[3])
    #expect(after[1].generation != before[1].generation && after[1].bytes != before[1].bytes)
  }

  @Test func reducedPicturesHaveAQuarterOfThePixels() throws {
    var encoder = KittyEncoder()
    let tiles = encoder.tiles(of: picture, in: rect, quality: .reduced)
    let shown = try TileReader.kitty(tiles[0].bytes)
    #expect(shown.bitmap.width == 80 && shown.bitmap.height == 30)
    #expect(shown.keys["c"] == "16" && shown.keys["r"] == "3")
  }

  @Test func removalNamesEveryImage() throws {
    var encoder = KittyEncoder()
    let images = try encoder.tiles(of: picture, in: rect, quality: .full).map {
      try #require(try TileReader.kitty($0.bytes).keys["i"])
    }
    let removal = String(decoding: encoder.removal(of: rect), as: UTF8.self)
    #expect(removal == images.map { "\u{1B}_Ga=d,d=I,q=2,i=\($0)\u{1B}\\" }.joined())
  }
}
