import TerminalGraphics
import TerminalScreen
import Testing

@Suite struct PaletteTests {
  @Test(arguments: [2, 3, 16, 64, 240, 256, 1, 1000])
  func neverHasMoreEntriesThanAllowed(limit: Int) {
    let picture = TestPictures.plasma(width: 90, height: 70, seed: 1)
    let reserved = (0..<5).map { Palette.Entry(red: UInt8($0), green: 0, blue: 0) }
    let palette = Palette(pictures: [picture], reserved: reserved, limit: limit)
    #expect(palette.entries.count <= min(max(limit, 2), 256), "limit \(limit)")
    #expect(palette.pictureCount >= 1)
    #expect(palette.reservedCount == min(5, max(limit, 2) - 1))
  }

  @Test func fewColoursAreKeptExactly() {
    var bitmap = Bitmap(width: 30, height: 10, red: 10, green: 20, blue: 30)
    let second = Palette.Entry(red: 200, green: 100, blue: 50)
    bitmap.set(x: 4, y: 4, second)
    let palette = Palette(pictures: [bitmap])
    #expect(Set(palette.entries) == [Palette.Entry(red: 10, green: 20, blue: 30), second])
  }

  @Test func morePicturesShareTheEntries() {
    let dark = Bitmap(width: 8, height: 8, red: 20, green: 0, blue: 0)
    let light = Bitmap(width: 8, height: 8, red: 0, green: 0, blue: 220)
    #expect(Palette(pictures: [dark, light]).entries.count == 2)
    #expect(Palette(pictures: []).entries == [Palette.Entry(red: 0, green: 0, blue: 0)])
  }

  /// The mean error falls as entries are added, and 256 of them show a smooth picture closely.
  @Test func moreEntriesShowAPictureBetter() throws {
    let picture = TestPictures.plasma(width: 120, height: 80, seed: 2)
    func error(_ limit: Int) throws -> Double {
      var encoder = SixelEncoder(palette: Palette(pictures: [picture], limit: limit))
      let shown = try Sixels.decode(encoder.encode(picture))
      let sum = zip(picture.pixels, shown.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      return Double(sum) / Double(picture.pixels.count)
    }
    let errors = try [4, 16, 64, 256].map(error)
    #expect(errors == errors.sorted(by: >), "\(errors)")
    #expect(errors[3] < 9, "\(errors)")
  }
}
