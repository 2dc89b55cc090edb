import Images
import TerminalScreen
import Testing
import WorkbenchCore
import WorkbenchPanes

/// The views of a mask, pixel by pixel, on a picture of 20 by 10 grey pixels shown one to one.
@Suite struct MaskPainterTests {
  private static let image = Image(width: 20, height: 10, pixels: [UInt8](repeating: 100, count: 600))
  private static let raster = PictureRaster(
    image: image,
    viewport: Viewport(image: PixelSize(width: 20, height: 10), pane: PixelSize(width: 20, height: 10)),
    theme: .plain)

  /// Whether a pixel lies in the rectangle from (5, 2) to (12, 8).
  private static func isInside(_ x: Int, _ y: Int) -> Bool { (5..<12).contains(x) && (2..<8).contains(y) }
  private static let inside = places(isInside)

  private static func places(_ body: (Int, Int) -> Bool) -> [Bool] {
    (0..<200).map { body($0 % 20, $0 / 20) }
  }

  private static func look(_ view: MaskView) -> MaskLook {
    var look = MaskLook(Seeing(), theme: .plain, isCoarse: false)
    look.view = view
    return look
  }

  private func color(_ bitmap: Bitmap, _ x: Int, _ y: Int) -> Theme.Pixel {
    let index = 3 * (y * bitmap.width + x)
    return Theme.Pixel(
      red: bitmap.pixels[index], green: bitmap.pixels[index + 1], blue: bitmap.pixels[index + 2])
  }

  private let grey = Theme.Pixel(red: 100, green: 100, blue: 100)

  private func each(_ body: (Int, Int) throws -> Void) rethrows {
    for y in 0..<10 { for x in 0..<20 { try body(x, y) } }
  }

  private func isBorder(_ x: Int, _ y: Int) -> Bool {
    Self.isInside(x, y)
      && (!Self.isInside(x - 1, y) || !Self.isInside(x + 1, y) || !Self.isInside(x, y - 1)
        || !Self.isInside(x, y + 1))
  }

  @Test func fillTintsTheInsideAndDrawsItsBorder() {
    let look = Self.look(.fill)
    let bitmap = MaskPainter(Self.raster, look: look).bitmap(inside: Self.inside)
    // 40% of (64, 160, 255) over grey.
    let tinted = Theme.Pixel(red: 86, green: 124, blue: 162)
    each { x, y in
      let expected = isBorder(x, y) ? look.outline : Self.isInside(x, y) ? tinted : grey
      #expect(color(bitmap, x, y) == expected, "(\(x), \(y))")
    }
  }

  @Test func outlineLeavesTheInsideAlone() {
    let look = Self.look(.outline)
    let bitmap = MaskPainter(Self.raster, look: look).bitmap(inside: Self.inside)
    each { x, y in
      let touches =
        !Self.isInside(x, y)
        && (Self.isInside(x - 1, y) || Self.isInside(x + 1, y) || Self.isInside(x, y - 1)
          || Self.isInside(x, y + 1))
      let expected = isBorder(x, y) ? look.outline : touches ? look.edge : grey
      #expect(color(bitmap, x, y) == expected, "(\(x), \(y))")
    }
  }

  @Test func hiddenIsThePicture() {
    #expect(
      MaskPainter(Self.raster, look: Self.look(.hidden)).bitmap(inside: Self.inside) == Self.raster.plain)
  }

  @Test func differenceTellsWhatCameAndWhatWent() {
    let before = Self.places { x, y in (3..<9).contains(x) && (2..<8).contains(y) }
    let look = Self.look(.difference)
    let bitmap = MaskPainter(Self.raster, look: look).bitmap(inside: Self.inside, before: before)
    let added = color(bitmap, 10, 5)
    let removed = color(bitmap, 3, 5)
    let kept = color(bitmap, 7, 5)
    #expect(added.green > added.red && added.green > added.blue)
    #expect(removed.red > removed.green && removed.red > removed.blue)
    #expect(kept.blue > kept.red && kept != grey)
    #expect(color(bitmap, 15, 5) == grey)
    #expect(Set([added, removed, kept, grey]).count == 4)
  }

  @Test func matteKeepsTheObjectAlone() {
    let bitmap = MaskPainter(Self.raster, look: Self.look(.matte)).bitmap(inside: Self.inside)
    each { x, y in
      let found = color(bitmap, x, y)
      if Self.isInside(x, y) { #expect(found == grey) } else { #expect([0x66, 0x99].contains(found.red)) }
    }
    #expect(color(bitmap, 0, 0) != color(bitmap, 8 + 8, 0) || color(bitmap, 0, 0) != color(bitmap, 0, 9))
  }

  @Test func confidenceGrowsBrighter() {
    let probabilities = (0..<200).map { Float($0 % 20) / 19 }
    let bitmap = MaskPainter(Self.raster, look: Self.look(.confidence)).bitmap(
      inside: [Bool](repeating: false, count: 200), confidence: probabilities)
    let brightness = (0..<20).map { x -> Double in
      let pixel = color(bitmap, x, 4)
      return 0.299 * Double(pixel.red) + 0.587 * Double(pixel.green) + 0.114 * Double(pixel.blue)
    }
    #expect(zip(brightness, brightness.dropFirst()).allSatisfy { $0 < $1 }, "\(brightness)")
  }

  /// A mask that goes on beyond the pane has no border there.
  @Test func thePanesBorderIsNoBorderOfTheMask() {
    let look = Self.look(.fill)
    let bitmap = MaskPainter(Self.raster, look: look).bitmap(inside: [Bool](repeating: true, count: 200))
    each { x, y in #expect(color(bitmap, x, y) != look.outline) }
  }
}
