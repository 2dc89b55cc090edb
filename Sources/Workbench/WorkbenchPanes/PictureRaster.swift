import Annotations
import Images
import TerminalScreen
import WorkbenchCore

/// The picture as the pane shows it, without any marks; made once per view.
package struct PictureRaster {
  /// The picture on the backdrop.
  package internal(set) var plain: Bitmap
  /// For each column of the bitmap the image's column, or -1 beside the picture; likewise for rows.
  package let columns: [Int]
  package let rows: [Int]

  /// The image's columns.
  let imageWidth: Int

  /// From this scale on single image pixels are shown as squares.
  private static let nearestScale = 4.0

  /// - Parameters:
  ///   - pyramid: The image's reductions, which make small scales cheap; nil for none.
  ///   - isDraft: Whether single pixels of a reduction do in place of means, as for a view that moves on at once.
  package init(
    image: Image, pyramid: ImagePyramid? = nil, viewport: Viewport, theme: Theme, isDraft: Bool = false
  ) {
    let pane = viewport.pane
    imageWidth = image.width
    let backdrop = theme.pixel(.backdrop)
    columns = Self.places(pane.width, limit: image.width) {
      viewport.imagePoint(at: PanePoint(x: $0, y: 0)).x
    }
    rows = Self.places(pane.height, limit: image.height) {
      viewport.imagePoint(at: PanePoint(x: 0, y: $0)).y
    }
    var plain = Bitmap(
      width: pane.width, height: pane.height, red: backdrop.red, green: backdrop.green, blue: backdrop.blue)
    if let left = columns.firstIndex(where: { $0 >= 0 }), let right = columns.lastIndex(where: { $0 >= 0 }),
      let top = rows.firstIndex(where: { $0 >= 0 }), let bottom = rows.lastIndex(where: { $0 >= 0 })
    {
      let level = pyramid?.level(forScale: viewport.scale) ?? 0
      let shown = Self.resample(
        pyramid?.levels[level] ?? image, factor: 1 << level, viewport: viewport,
        filter: Self.filter(scale: viewport.scale, isDraft: isDraft), left: columns[left],
        right: columns[right], top: rows[top], bottom: rows[bottom])
      let first = max(left, shown.x)
      let count = 3 * (min(right, shown.x + shown.image.width - 1) - first + 1)
      for y in max(top, shown.y)...min(bottom, shown.y + shown.image.height - 1) {
        let source = 3 * ((y - shown.y) * shown.image.width + first - shown.x)
        let target = 3 * (y * pane.width + first)
        plain.pixels.replaceSubrange(
          target..<target + count, with: shown.image.pixels[source..<source + count])
      }
    }
    self.plain = plain
  }

  /// The image's column or row under each pixel's centre, -1 where there is none.
  private static func places(_ count: Int, limit: Int, _ position: (Double) -> Double) -> [Int] {
    (0..<count).map { pixel in
      let place = position(Double(pixel) + 0.5).rounded(.down)
      return place >= 0 && place < Double(limit) ? Int(place) : -1
    }
  }

  private static func filter(scale: Double, isDraft: Bool) -> ResizeFilter {
    if scale >= nearestScale { return .nearest }
    return scale >= 1 ? .bilinear : isDraft ? .nearest : .areaAverage
  }

  /// The part of the image between given columns and rows, scaled, and where it lies in the bitmap.
  ///
  /// - Parameters:
  ///   - image: A reduction of the image.
  ///   - factor: How many of the image's pixels stand side by side in a pixel of the reduction.
  private static func resample(
    _ image: Image, factor: Int, viewport: Viewport, filter: ResizeFilter, left: Int, right: Int, top: Int,
    bottom: Int
  ) -> (image: Image, x: Int, y: Int) {
    // A pixel more on each side, so that the smoothing of enlarged pixels does not end at the pane's border.
    let x0 = max(left / factor - 1, 0)
    let y0 = max(top / factor - 1, 0)
    let x1 = min(right / factor + 2, image.width)
    let y1 = min(bottom / factor + 2, image.height)
    let start = viewport.panePoint(of: ImagePoint(x: Double(x0 * factor), y: Double(y0 * factor)))
    let end = viewport.panePoint(of: ImagePoint(x: Double(x1 * factor), y: Double(y1 * factor)))
    let x = Int(start.x.rounded())
    let y = Int(start.y.rounded())
    let scaled = image.resampled(
      from: PixelRect(x: x0, y: y0, width: x1 - x0, height: y1 - y0),
      width: max(Int(end.x.rounded()) - x, 1), height: max(Int(end.y.rounded()) - y, 1), filter: filter)
    return (scaled, x, y)
  }

  /// Which pixels of the bitmap lie on a mask of the image, row by row.
  package func inside(_ mask: RunLengths) -> [Bool] { mask.sampled(columns: columns, rows: rows) }

  /// The backdrop beside the picture is no part of any view of the mask.
  func isPicture(x: Int, y: Int) -> Bool { columns[x] >= 0 && rows[y] >= 0 }
}
