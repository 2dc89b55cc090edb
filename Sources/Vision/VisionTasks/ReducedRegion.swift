import Images

/// The surroundings of a place in a picture, scaled down if that is larger than needed.
struct ReducedRegion {
  /// The part of the picture.
  let rect: PixelRect
  /// What is there, at the smaller size.
  let image: Image

  /// Cuts out what is at most `reach` pixels from a place to each side; nil when nothing of that is in the picture.
  ///
  /// - Parameter scale: The size that is needed, as a share of the picture's; the picture's own is kept from 1 on.
  init?(of picture: Image, centerX: Double, centerY: Double, reach: Double, scale: Double) {
    func whole(_ value: Double, _ limit: Int) -> Int { Int(min(max(value, 0), Double(limit))) }
    let left = whole((centerX - reach).rounded(.down), picture.width)
    let top = whole((centerY - reach).rounded(.down), picture.height)
    rect = PixelRect(
      x: left, y: top, width: whole((centerX + reach).rounded(.up), picture.width) - left,
      height: whole((centerY + reach).rounded(.up), picture.height) - top)
    guard !rect.isEmpty else { return nil }
    if scale >= 1 && rect == picture.bounds {
      image = picture
    } else if scale >= 1 {
      image = picture.cropped(to: rect)
    } else {
      image = picture.resampled(
        from: rect, width: max(Int((Double(rect.width) * scale).rounded()), 1),
        height: max(Int((Double(rect.height) * scale).rounded()), 1), filter: .areaAverage)
    }
  }

  /// Returns the place in `image` of a point of the picture; whole numbers are the centres of pixels.
  func place(_ point: DetectedFace.Point) -> PlanePoint {
    PlanePoint(
      x: (point.x - Double(rect.x)) * Double(image.width) / Double(rect.width) - 0.5,
      y: (point.y - Double(rect.y)) * Double(image.height) / Double(rect.height) - 0.5)
  }
}
