import Foundation
import Images
import Testing

@Suite struct NumberedImageTests {
  /// Grey levels that are not scaled, of every bit depth and interlacing.
  @Test(arguments: Fixture.all.filter { $0.name.hasPrefix("png-0-") && !$0.name.contains("trns") })
  func greyLevelsAreKept(_ fixture: Fixture) throws {
    let depth = try #require(Int(fixture.name.split { "-.".contains($0) }[2]))
    guard depth <= 8 else {
      #expect(throws: ImageError.self) { try NumberedImage(png: fixture.bytes, path: "grey") }
      return
    }
    let picture = try NumberedImage(png: fixture.bytes, path: "grey")
    let scale = 255 / UInt8((1 << depth) - 1)
    let reds = stride(from: 0, to: fixture.image.pixels.count, by: 3).map { fixture.image.pixels[$0] }
    #expect(picture.numbers.map { $0 * scale } == reds)
  }

  /// One colour to a number.
  @Test(arguments: Fixture.all.filter { $0.name.hasPrefix("png-3-") && !$0.name.contains("trns") })
  func numbersOfPalettesAreKept(_ fixture: Fixture) throws {
    let picture = try NumberedImage(png: fixture.bytes, path: "palette")
    var colors: [UInt8: [UInt8]] = [:]
    for (index, number) in picture.numbers.enumerated() {
      let color = Array(fixture.image.pixels[3 * index..<3 * index + 3])
      #expect(colors[number] ?? color == color)
      colors[number] = color
    }
    #expect(colors.count > 1)
  }

  @Test(arguments: ["png-2-8.png", "jpeg-420.jpg"])
  func otherPicturesAreRefused(name: String) throws {
    let fixture = try #require(Fixture.all.first { $0.name == name })
    #expect(throws: ImageError.self) { try NumberedImage(png: fixture.bytes, path: "other") }
    #expect(throws: ImageError.empty(path: "none")) { try NumberedImage(png: [], path: "none") }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let picture = NumberedImage(width: 16, height: 16, numbers: (0...255).map { $0 })
    let palette = (0...255).map { (red: UInt8(255 - $0), green: UInt8($0), blue: UInt8(7)) }
    #expect(try NumberedImage(png: picture.png(), path: "grey") == picture)
    #expect(try NumberedImage(png: picture.png(palette: palette), path: "palette") == picture)
  }
}
