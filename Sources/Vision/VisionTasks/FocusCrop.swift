import Images

/// Chooses the part of an image that a click network sees, so that a small object is seen large.
///
/// The focus crop of FocalClick (Chen et al., 2022): around the mask and the prompts, with a margin.
package enum FocusCrop {
  /// How many times larger than what it must hold a crop's sides are.
  static let margin = 1.4
  /// The least side of a crop, in pixels.
  static let leastSide = 48.0
  /// How much of the image's sides the looks at a first click have.
  static let zooms = [1, 0.5, 0.25]
  /// A mask whose crop has less than this part of what the network saw is looked at again.
  static let refinedShare = 0.7
  /// A crop is kept as long as the wanted one has at least this part of it.
  static let keptShare = 0.4
  /// How far the wanted crop may reach over a kept one's edges, as a part of its sides.
  static let tolerance = 0.02

  /// Returns the crop around a mask, the positive clicks and the box; nil when there is neither mask nor box.
  ///
  /// - Parameters:
  ///   - mask: The mask's bounding box; nil for an empty one.
  ///   - bounds: The whole image.
  package static func around(_ mask: PixelRect?, _ prompts: ClickPrompts, in bounds: PixelRect) -> PixelRect?
  {
    var parts = [mask.map(Box.init), prompts.box].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    parts += prompts.clicks.filter(\.isPositive).map {
      Box(x0: $0.x - 0.5, y0: $0.y - 0.5, x1: $0.x + 0.5, y1: $0.y + 0.5)
    }
    let held = parts.dropFirst().reduce(parts[0]) { $0.union($1) }
    let width = margin * (held.x1 - held.x0)
    let height = margin * (held.y1 - held.y0)
    let crop = Box(
      centreX: (held.x0 + held.x1) / 2, centreY: (held.y0 + held.y1) / 2,
      width: max(width, height / 2, leastSide), height: max(height, width / 2, leastSide))
    let pixels = crop.pixels(in: bounds)
    return pixels.isEmpty ? nil : pixels
  }

  /// Returns the parts of an image to look at for its first click: all of it, and windows around the click.
  ///
  /// A network of one input size knows large objects from the whole image and small ones from a window; which the click
  /// means is seen from the answers. With more clicks, what leaves out some of the object is no answer.
  ///
  /// - Parameter clicks: At least one.
  package static func windows(around clicks: [Click], in bounds: PixelRect) -> [PixelRect] {
    let click = clicks[0]
    let windows = zooms.compactMap { zoom -> PixelRect? in
      let width = Int((zoom * Double(bounds.width)).rounded(.toNearestOrEven))
      let height = Int((zoom * Double(bounds.height)).rounded(.toNearestOrEven))
      guard zoom == 1 || Double(min(width, height)) >= leastSide else { return nil }
      return PixelRect(
        x: bounds.x + min(max(Int(click.x - Double(width) / 2), 0), bounds.width - width),
        y: bounds.y + min(max(Int(click.y - Double(height) / 2), 0), bounds.height - height),
        width: width, height: height)
    }
    return windows.filter { window in
      window == bounds
        || clicks.allSatisfy { !$0.isPositive || Box(window).contains($0) }
    }
  }

  /// Returns the crop to look at again after a first look at `seen`; nil when the mask is whole and large enough there.
  package static func refinement(
    of seen: PixelRect, _ mask: PixelRect?, _ prompts: ClickPrompts, in bounds: PixelRect
  ) -> PixelRect? {
    guard let focus = around(mask, prompts, in: bounds) else { return nil }
    let isLargeEnough = Double(focus.area) > refinedShare * Double(seen.area)
    return isLargeEnough && holds(seen, focus) ? nil : focus
  }

  /// Returns the crop for another click after a look at `seen`.
  package static func next(
    after seen: PixelRect, _ mask: PixelRect?, _ prompts: ClickPrompts, in bounds: PixelRect
  ) -> PixelRect {
    guard let focus = around(mask, prompts, in: bounds) else { return seen }
    let isLargeEnough = Double(focus.area) >= keptShare * Double(seen.area)
    return isLargeEnough && holds(seen, focus) ? seen : focus
  }

  private static func holds(_ crop: PixelRect, _ other: PixelRect) -> Bool {
    let across = Int(tolerance * Double(crop.width))
    let down = Int(tolerance * Double(crop.height))
    return PixelRect(
      x: crop.x - across, y: crop.y - down, width: crop.width + 2 * across, height: crop.height + 2 * down
    ).contains(other)
  }
}

extension Box {
  fileprivate init(_ rect: PixelRect) {
    self.init(
      x0: Double(rect.x), y0: Double(rect.y), x1: Double(rect.x + rect.width),
      y1: Double(rect.y + rect.height))
  }

  fileprivate init(centreX: Double, centreY: Double, width: Double, height: Double) {
    self.init(
      x0: centreX - width / 2, y0: centreY - height / 2, x1: centreX + width / 2, y1: centreY + height / 2)
  }

  fileprivate func contains(_ click: Click) -> Bool {
    click.x >= x0 && click.y >= y0 && click.x <= x1 && click.y <= y1
  }

  fileprivate func union(_ other: Box) -> Box {
    Box(
      x0: min(x0, other.x0), y0: min(y0, other.y0), x1: max(x1, other.x1), y1: max(y1, other.y1))
  }

  /// The pixels that the box touches within `bounds`.
  fileprivate func pixels(in bounds: PixelRect) -> PixelRect {
    // Clipped before the conversion, so that no number is too large for it.
    let left = min(max(x0, 0), Double(bounds.width)).rounded(.down)
    let top = min(max(y0, 0), Double(bounds.height)).rounded(.down)
    let right = min(max(x1, 0), Double(bounds.width)).rounded(.up)
    let bottom = min(max(y1, 0), Double(bounds.height)).rounded(.up)
    return PixelRect(x: Int(left), y: Int(top), width: Int(right - left), height: Int(bottom - top))
  }
}
