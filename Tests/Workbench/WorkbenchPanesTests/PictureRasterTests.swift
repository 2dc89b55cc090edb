import Annotations
import Images
import TerminalScreen
import Testing
import WorkbenchCore
import WorkbenchPanes

@Suite struct PictureRasterTests {
  /// One white pixel must lie in the bitmap where the viewport says, whatever the zoom.
  @Test(arguments: [0.0, 1, 2, 3, 5, 8, 12, 16])
  func pixelsLieWhereTheViewportSays(steps: Double) throws {
    let (x, y) = (70, 33)
    var pixels = [UInt8](repeating: 0, count: 3 * 100 * 80)
    for channel in 0..<3 { pixels[3 * (y * 100 + x) + channel] = 255 }
    let image = Image(width: 100, height: 80, pixels: pixels)
    var viewport = Viewport(
      image: PixelSize(width: 100, height: 80), pane: PixelSize(width: 210, height: 190))
    let center = ImagePoint(x: Double(x) + 0.5, y: Double(y) + 0.5)
    for _ in 0..<Int(steps) { viewport.zoom(by: 1.25, at: viewport.panePoint(of: center)) }
    let raster = PictureRaster(image: image, viewport: viewport, theme: .plain)
    var brightest = (x: 0.0, y: 0.0, weight: 0.0)
    for row in 0..<190 {
      for column in 0..<210 {
        let value = Double(raster.plain.pixels[3 * (row * 210 + column)])
        brightest.x += value * (Double(column) + 0.5)
        brightest.y += value * (Double(row) + 0.5)
        brightest.weight += value
      }
    }
    let place = viewport.panePoint(of: center)
    let error = max(
      abs(brightest.x / brightest.weight - place.x), abs(brightest.y / brightest.weight - place.y))
    #expect(error < 0.75, "scale \(viewport.scale): \(error) pixels off")
  }

  /// A draft of a smooth picture is the picture, but for what one pixel differs from the mean around it.
  @Test(arguments: [0.15, 0.5, 0.8, 1.5, 6])
  func aDraftIsNearThePicture(scale: Double) {
    let (width, height) = (400, 300)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(x * 255 / width), UInt8(y * 255 / height), 90] }
    }
    let image = Image(width: width, height: height, pixels: pixels)
    let viewport = Viewport(
      image: PixelSize(width: width, height: height),
      pane: PixelSize(width: Int(Double(width) * scale), height: Int(Double(height) * scale)))
    func raster(isDraft: Bool) -> PictureRaster {
      PictureRaster(
        image: image, pyramid: ImagePyramid(image), viewport: viewport, theme: .plain, isDraft: isDraft)
    }
    let (full, draft) = (raster(isDraft: false), raster(isDraft: true))
    #expect(full.columns == draft.columns && full.rows == draft.rows)
    let worst = zip(full.plain.pixels, draft.plain.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 255
    #expect(worst <= (scale < 1 ? 6 : 0), "\(worst) at \(scale)")
  }

  @Test func theMaskCoversExactlyItsPixels() {
    let image = Image(width: 20, height: 10, pixels: [UInt8](repeating: 100, count: 600))
    let viewport = Viewport(
      image: PixelSize(width: 20, height: 10), pane: PixelSize(width: 80, height: 60))
    var mask = Mask(width: 20, height: 10)
    mask.values[3 * 20 + 7] = 255
    let raster = PictureRaster(image: image, viewport: viewport, theme: .plain)
    let look = MaskLook(Seeing(), theme: .plain, isCoarse: true)
    let shown = MaskPainter(raster, look: look).bitmap(inside: raster.inside(RunLengths(mask)))
    for row in 0..<60 {
      for column in 0..<80 {
        let index = 3 * (row * 80 + column)
        let isInside = (28..<32).contains(column) && (22..<26).contains(row)
        #expect((shown.pixels[index] != raster.plain.pixels[index]) == isInside, "(\(column), \(row))")
      }
    }
  }
}
