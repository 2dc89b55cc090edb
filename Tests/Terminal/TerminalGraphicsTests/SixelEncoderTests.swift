import CSixel
import TerminalGraphics
import TerminalScreen
import Testing

/// Everything encoded here is decoded by libsixel, which shares no code with the encoder.
@Suite struct SixelEncoderTests {
  @Test(arguments: [(1, 1), (7, 5), (8, 6), (13, 7), (100, 12), (255, 31), (300, 20)])
  func decodesToThePaletteColours(width: Int, height: Int) throws {
    let bitmap = TestPictures.plasma(width: width, height: height, seed: width)
    let palette = Palette(pictures: [bitmap])
    var encoder = SixelEncoder(palette: palette)
    let decoded = try Sixels.decode(encoder.encode(bitmap))
    #expect(decoded.width == width && decoded.height == height, "\(width)x\(height)")
    for index in stride(from: 0, to: bitmap.pixels.count, by: 3) {
      let shown = Sixels.entry(decoded.pixels, index)
      #expect(
        palette.entries.contains { Sixels.isNear($0, shown, tolerance: 2) },
        "pixel \(index / 3) of \(width)x\(height) is no palette colour")
      // One of 256 entries for a smooth picture is near in every component.
      #expect(Sixels.isNear(Sixels.entry(bitmap.pixels, index), shown, tolerance: 64), "pixel \(index / 3)")
    }
  }

  @Test func fewColoursComeBackExactlyAsFarAsPercentsGo() throws {
    var bitmap = Bitmap(width: 40, height: 17, red: 200, green: 30, blue: 90)
    for x in 5..<20 { bitmap.set(x: x, y: 9, Palette.Entry(red: 0, green: 255, blue: 0)) }
    var encoder = SixelEncoder(palette: Palette(pictures: [bitmap]))
    let decoded = try Sixels.decode(encoder.encode(bitmap))
    for index in stride(from: 0, to: bitmap.pixels.count, by: 3) {
      #expect(
        Sixels.isNear(Sixels.entry(bitmap.pixels, index), Sixels.entry(decoded.pixels, index), tolerance: 2))
    }
  }

  @Test func reservedColoursAreExactAndOnlyForThemselves() throws {
    let marker = Palette.Entry(red: 255, green: 0, blue: 0)
    let near = Palette.Entry(red: 254, green: 1, blue: 1)
    let grey = Bitmap(width: 30, height: 12, red: 100, green: 100, blue: 100)
    let palette = Palette(pictures: [grey], reserved: [marker])
    #expect(palette.entries.last == marker && palette.reservedCount == 1 && palette.pictureCount == 1)
    var bitmap = grey
    bitmap.set(x: 3, y: 3, marker)
    bitmap.set(x: 4, y: 3, near)
    for dithering in [SixelEncoder.Dithering.none, .ordered] {
      var encoder = SixelEncoder(palette: palette, dithering: dithering)
      let decoded = try Sixels.decode(encoder.encode(bitmap))
      #expect(Sixels.isNear(Sixels.entry(decoded.pixels, (3 * 30 + 3) * 3), marker, tolerance: 1))
      #expect(
        Sixels.isNear(Sixels.entry(decoded.pixels, (3 * 30 + 4) * 3), grey.entry(x: 0, y: 0), tolerance: 2))
    }
  }

  @Test(arguments: [(1, 1), (7, 5), (8, 6), (13, 7), (101, 13), (300, 20)])
  func squaresHaveTheColourOfTheirFirstPixelOrAReservedOne(width: Int, height: Int) throws {
    let marker = Palette.Entry(red: 255, green: 0, blue: 0)
    var bitmap = TestPictures.plasma(width: width, height: height, seed: width)
    let palette = Palette(pictures: [bitmap], reserved: [marker])
    for y in 0..<height where width > 5 { bitmap.set(x: 5, y: y, marker) }
    for x in 0..<width where height > 3 { bitmap.set(x: x, y: 3, marker) }
    var encoder = SixelEncoder(palette: palette)
    let fine = try Sixels.decode(encoder.encode(bitmap))
    let coarse = try Sixels.decode(encoder.encodeInSquares(bitmap))
    #expect(coarse.width == width && coarse.height == height)
    for y in 0..<height {
      for x in 0..<width {
        let isMarked = (width > 5 && x / 2 == 2) || (height > 3 && y / 2 == 1)
        let shown = Sixels.entry(coarse.pixels, (y * width + x) * 3)
        let first = Sixels.entry(fine.pixels, ((y & ~1) * width + (x & ~1)) * 3)
        #expect(Sixels.isNear(shown, isMarked ? marker : first, tolerance: 1), "(\(x), \(y))")
      }
    }
  }

  @Test func reusedBandsGiveTheSameBytesAsFreshOnes() {
    let picture = TestPictures.plasma(width: 120, height: 50, seed: 3)
    let palette = Palette(pictures: [picture])
    var kept = SixelEncoder(palette: palette)
    var changed = picture
    #expect(kept.encode(picture) == kept.encode(picture))
    for (x, y) in [(0, 0), (119, 49), (60, 6), (60, 5), (10, 48)] {
      changed.set(x: x, y: y, Palette.Entry(red: 1, green: 2, blue: 3))
      var fresh = SixelEncoder(palette: palette)
      #expect(kept.encode(changed) == fresh.encode(changed), "after (\(x), \(y))")
    }
    let smaller = TestPictures.plasma(width: 60, height: 20, seed: 3)
    var fresh = SixelEncoder(palette: palette)
    #expect(kept.encode(smaller) == fresh.encode(smaller))
  }

  @Test func orderedDitheringKeepsTheMeanOfASmoothRamp() throws {
    var bitmap = Bitmap(width: 64, height: 64)
    for y in 0..<64 {
      for x in 0..<64 {
        let value = UInt8(100 + x / 8)
        bitmap.set(x: x, y: y, Palette.Entry(red: value, green: value, blue: value))
      }
    }
    let dark = Bitmap(width: 1, height: 1, red: 96, green: 96, blue: 96)
    let light = Bitmap(width: 1, height: 1, red: 112, green: 112, blue: 112)
    var encoder = SixelEncoder(palette: Palette(pictures: [dark, light]), dithering: .ordered)
    let decoded = try Sixels.decode(encoder.encode(bitmap))
    let mean = decoded.pixels.reduce(0) { $0 + Int($1) } / decoded.pixels.count
    #expect((99...109).contains(mean), "mean \(mean)")
    #expect(Set(decoded.pixels).count > 1)
  }

  @Test func sequenceNamesItsSizeAndEnds() throws {
    var encoder = SixelEncoder(palette: Palette(pictures: []))
    let bytes = encoder.encode(Bitmap(width: 9, height: 4))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("\u{1B}P0;1;0q\"1;1;9;4#0;2;0;0;0"))
    #expect(text.hasSuffix("#0!9N\u{1B}\\"))
  }
}
