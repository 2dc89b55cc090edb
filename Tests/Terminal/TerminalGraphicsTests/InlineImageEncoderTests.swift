import TerminalGraphics
import TerminalScreen
import Testing

@Suite struct InlineImageEncoderTests {
  private let rect = Rect(x: 0, y: 0, width: 12, height: 3)

  /// A picture as smooth as photos are where they are smooth.
  private let picture: Bitmap = {
    var picture = Bitmap(width: 120, height: 60)
    for y in 0..<60 {
      for x in 0..<120 {
        picture.set(x: x, y: y, Palette.Entry(red: UInt8(2 * x), green: UInt8(3 * y), blue: 90))
      }
    }
    return picture
  }()

  @Test func tilesDecodeToNearlyThePicture() throws {
    var encoder = InlineImageEncoder()
    let shown = try encoder.tiles(of: picture, in: rect, quality: .full).map {
      try TileReader.iterm2($0.bytes)
    }
    #expect(shown.count == 1)
    let pixels = shown[0].bitmap.pixels
    #expect(pixels.count == picture.pixels.count)
    let worst = zip(pixels, picture.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst ?? 255 <= 6)
    for image in shown {
      #expect(image.keys["inline"] == "1" && image.keys["width"] == "12" && image.keys["height"] == "3")
      #expect(image.keys["preserveAspectRatio"] == "0")
    }
  }

  @Test func reducedPicturesAreMuchSmaller() {
    var encoder = InlineImageEncoder()
    let plasma = TestPictures.plasma(width: 120, height: 60, seed: 1)
    let full = encoder.tiles(of: plasma, in: rect, quality: .full).reduce(0) { $0 + $1.bytes.count }
    let reduced = encoder.tiles(of: plasma, in: rect, quality: .reduced).reduce(0) { $0 + $1.bytes.count }
    #expect(reduced * 4 < full, "\(reduced) of \(full) bytes")
  }
}
