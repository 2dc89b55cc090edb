import Images
import TerminalScreen
import WorkbenchCore

/// The picture as the pane shows it, without and with the mask's tint; made once per view.
package struct PictureRaster {
  /// The picture on the backdrop.
  package let plain: Bitmap
  /// The same with the tint everywhere on the picture.
  package let tinted: Bitmap
  /// For each column of the bitmap the image's column, or -1 beside the picture; likewise for rows.
  let columns: [Int]
  let rows: [Int]

  /// From this scale on single image pixels are shown as squares.
  private static let nearestScale = 4.0

  package init(image: Image, viewport: Viewport, theme: Theme) {
    let pane = viewport.pane
    let backdrop = theme.pixel(.backdrop)
    columns = Self.places(pane.width, limit: image.width) {
      viewport.imagePoint(at: PanePoint(x: $0, y: 0)).x
    }
    rows = Self.places(pane.height, limit: image.height) {
      viewport.imagePoint(at: PanePoint(x: 0, y: $0)).y
    }
    var plain = Bitmap(
      width: pane.width, height: pane.height, red: backdrop.red, green: backdrop.green, blue: backdrop.blue)
    var tinted = plain
    if let left = columns.firstIndex(where: { $0 >= 0 }), let right = columns.lastIndex(where: { $0 >= 0 }),
      let top = rows.firstIndex(where: { $0 >= 0 }), let bottom = rows.lastIndex(where: { $0 >= 0 })
    {
      let shown = Self.resample(
        image, viewport: viewport, left: columns[left], right: columns[right], top: rows[top],
        bottom: rows[bottom])
      let mix = Self.mixing(theme)
      for y in max(top, shown.y)...min(bottom, shown.y + shown.image.height - 1) {
        for x in max(left, shown.x)...min(right, shown.x + shown.image.width - 1) {
          let source = 3 * ((y - shown.y) * shown.image.width + x - shown.x)
          let target = 3 * (y * pane.width + x)
          for channel in 0..<3 {
            let value = shown.image.pixels[source + channel]
            plain.pixels[target + channel] = value
            tinted.pixels[target + channel] = mix[channel][Int(value)]
          }
        }
      }
    }
    self.plain = plain
    self.tinted = tinted
  }

  /// The image's column or row under each pixel's centre, -1 where there is none.
  private static func places(_ count: Int, limit: Int, _ position: (Double) -> Double) -> [Int] {
    (0..<count).map { pixel in
      let place = position(Double(pixel) + 0.5).rounded(.down)
      return place >= 0 && place < Double(limit) ? Int(place) : -1
    }
  }

  /// The part of the image between given columns and rows, scaled, and where it lies in the bitmap.
  private static func resample(
    _ image: Image, viewport: Viewport, left: Int, right: Int, top: Int, bottom: Int
  ) -> (image: Image, x: Int, y: Int) {
    // A pixel more on each side, so that the smoothing of enlarged pixels does not end at the pane's border.
    let x0 = max(left - 1, 0)
    let y0 = max(top - 1, 0)
    let x1 = min(right + 2, image.width)
    let y1 = min(bottom + 2, image.height)
    let start = viewport.panePoint(of: ImagePoint(x: Double(x0), y: Double(y0)))
    let end = viewport.panePoint(of: ImagePoint(x: Double(x1), y: Double(y1)))
    let filter: ResizeFilter =
      viewport.scale < 1 ? .areaAverage : viewport.scale < nearestScale ? .bilinear : .nearest
    let x = Int(start.x.rounded())
    let y = Int(start.y.rounded())
    let scaled = image.resampled(
      from: PixelRect(x: x0, y: y0, width: x1 - x0, height: y1 - y0),
      width: max(Int(end.x.rounded()) - x, 1), height: max(Int(end.y.rounded()) - y, 1), filter: filter)
    return (scaled, x, y)
  }

  /// For each channel and each value of the picture the value under the tint.
  private static func mixing(_ theme: Theme) -> [[UInt8]] {
    let tint = theme.pixel(.mask)
    return [tint.red, tint.green, tint.blue].map { component in
      (0..<256).map { value in
        let mixed = Double(value) * (1 - theme.maskOpacity) + Double(component) * theme.maskOpacity
        return UInt8(mixed.rounded())
      }
    }
  }

  /// The picture with a mask: its inside tinted, its inner border in the outline's colour.
  /// - Parameter outline: nil leaves the border out.
  package func bitmap(mask: Mask, outline: Theme.Pixel?) -> Bitmap {
    var result = plain
    let width = plain.width
    // A mask that goes on beyond the pane has no border there.
    var here = inside(mask, row: 0)
    var above = here
    for y in 0..<plain.height {
      let below = y + 1 < plain.height ? inside(mask, row: y + 1) : here
      if here.contains(true) {
        for x in 0..<width where here[x] {
          let index = 3 * (y * width + x)
          let isBorder =
            !above[x] || !below[x] || x > 0 && !here[x - 1] || x + 1 < width && !here[x + 1]
          if isBorder, let outline {
            result.pixels[index] = outline.red
            result.pixels[index + 1] = outline.green
            result.pixels[index + 2] = outline.blue
          } else {
            result.pixels[index] = tinted.pixels[index]
            result.pixels[index + 1] = tinted.pixels[index + 1]
            result.pixels[index + 2] = tinted.pixels[index + 2]
          }
        }
      }
      above = here
      here = below
    }
    return result
  }

  /// Which pixels of a row of the bitmap lie on the mask.
  private func inside(_ mask: Mask, row: Int) -> [Bool] {
    guard rows[row] >= 0 else { return [Bool](repeating: false, count: columns.count) }
    let start = rows[row] * mask.width
    return columns.map { $0 >= 0 && mask.values[start + $0] >= Mask.threshold }
  }
}
