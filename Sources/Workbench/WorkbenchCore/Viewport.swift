import TerminalScreen

/// Which part of the picture the image pane shows: the map between image pixels and pane pixels.
///
/// The pane's centre always lies on the picture, so that zooming in at a point of the picture keeps exactly
/// that point under the pointer. At the smallest scale the whole picture is fitted and centred.
public struct Viewport: Equatable, Sendable {
  /// The picture's size.
  public let image: PixelSize
  /// The size of the pane's bitmap.
  public private(set) var pane: PixelSize
  /// Pane pixels per image pixel.
  public private(set) var scale: Double
  /// The point of the picture at the pane's centre.
  public private(set) var center: ImagePoint

  /// The largest scale: one image pixel covers 32 pane pixels each way.
  public static let maximumScale = 32.0

  /// A view that fits a whole picture into a pane.
  public init(image: PixelSize, pane: PixelSize) {
    self.image = image
    self.pane = pane
    scale = Self.fittingScale(image: image, pane: pane)
    center = ImagePoint(x: Double(image.width) / 2, y: Double(image.height) / 2)
  }

  /// The scale at which the whole picture just fits into the pane; the smallest there is.
  public var fittingScale: Double { Self.fittingScale(image: image, pane: pane) }

  /// Whether the whole picture is shown.
  public var isFitted: Bool { scale <= fittingScale }

  private static func fittingScale(image: PixelSize, pane: PixelSize) -> Double {
    guard !image.isEmpty, !pane.isEmpty else { return 1 }
    let scale = min(Double(pane.width) / Double(image.width), Double(pane.height) / Double(image.height))
    return min(scale, maximumScale)
  }

  /// The point of the picture under a point of the pane; it may lie outside the picture.
  public func imagePoint(at point: PanePoint) -> ImagePoint {
    ImagePoint(
      x: center.x + (point.x - Double(pane.width) / 2) / scale,
      y: center.y + (point.y - Double(pane.height) / 2) / scale)
  }

  /// Where a point of the picture lies in the pane; it may lie outside the pane.
  public func panePoint(of point: ImagePoint) -> PanePoint {
    PanePoint(
      x: (point.x - center.x) * scale + Double(pane.width) / 2,
      y: (point.y - center.y) * scale + Double(pane.height) / 2)
  }

  /// Whether a point lies on the picture.
  public func contains(_ point: ImagePoint) -> Bool {
    point.x >= 0 && point.y >= 0 && point.x < Double(image.width) && point.y < Double(image.height)
  }

  /// The point of the picture nearest to `point`, not nearer to the border than half a pixel.
  public func nearestPoint(to point: ImagePoint) -> ImagePoint {
    ImagePoint(
      x: point.x.clamped(to: 0.5...max(0.5, Double(image.width) - 0.5)),
      y: point.y.clamped(to: 0.5...max(0.5, Double(image.height) - 0.5)))
  }

  /// Shows the whole picture.
  public mutating func fit() {
    self = Viewport(image: image, pane: pane)
  }

  /// Multiplies the scale by `factor` and keeps the point of the picture under `anchor` where it is.
  public mutating func zoom(by factor: Double, at anchor: PanePoint) {
    zoom(to: scale * factor, at: anchor)
  }

  /// Sets the scale, within the fitting and the largest scale, and keeps the point of the picture under
  /// `anchor` where it is as long as the pane's centre stays on the picture; a smaller picture leaves no side of the
  /// pane empty that it could fill.
  public mutating func zoom(to newScale: Double, at anchor: PanePoint) {
    let clamped = newScale.clamped(to: fittingScale...max(fittingScale, Self.maximumScale))
    guard clamped > fittingScale else { return fit() }
    let fixed = imagePoint(at: anchor)
    let isSmaller = clamped < scale
    scale = clamped
    moveCenter(
      to: ImagePoint(
        x: fixed.x - (anchor.x - Double(pane.width) / 2) / scale,
        y: fixed.y - (anchor.y - Double(pane.height) / 2) / scale))
    if isSmaller { fillPane() }
  }

  /// Moves the picture by pane pixels; a fitted picture stays where it is.
  public mutating func pan(byX x: Double, y: Double) {
    guard !isFitted else { return }
    moveCenter(to: ImagePoint(x: center.x - x / scale, y: center.y - y / scale))
  }

  /// Moves the picture as little as needed for `point` to lie at least `margin` pane pixels inside the pane.
  public mutating func reveal(_ point: ImagePoint, margin: Double) {
    guard !isFitted else { return }
    let place = panePoint(of: point)
    let x = Self.shift(place.x, into: Double(pane.width), margin: margin)
    let y = Self.shift(place.y, into: Double(pane.height), margin: margin)
    pan(byX: x, y: y)
  }

  private static func shift(_ place: Double, into length: Double, margin: Double) -> Double {
    let margin = min(margin, length / 2)
    return place.clamped(to: margin...(length - margin)) - place
  }

  /// Takes another pane size: a fitted picture is fitted again, another keeps its scale and centre.
  public mutating func resize(pane newPane: PixelSize) {
    let wasFitted = isFitted
    pane = newPane
    if wasFitted || scale <= fittingScale { fit() }
  }

  /// Moves the picture as little as needed to fill the pane, and where it is too small to the middle.
  private mutating func fillPane() {
    func filling(_ center: Double, _ image: Int, _ pane: Int) -> Double {
      let half = min(Double(pane) / scale, Double(image)) / 2
      return center.clamped(to: half...Double(image) - half)
    }
    center = ImagePoint(
      x: filling(center.x, image.width, pane.width), y: filling(center.y, image.height, pane.height))
  }

  private mutating func moveCenter(to point: ImagePoint) {
    center = ImagePoint(
      x: point.x.clamped(to: 0...Double(image.width)), y: point.y.clamped(to: 0...Double(image.height)))
  }
}
