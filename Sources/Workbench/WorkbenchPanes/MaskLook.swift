import WorkbenchCore

/// How a mask is drawn: the view and its colours.
package struct MaskLook: Equatable, Sendable {
  package var view: MaskView
  /// How much of a colour is mixed into the picture, 0 to 1.
  package var opacity: Double
  package var tint: Theme.Pixel
  package var outline: Theme.Pixel
  /// Around the outline, so that it shows on bright pictures too.
  package var edge: Theme.Pixel
  package var added: Theme.Pixel
  package var removed: Theme.Pixel
  /// Whether pixels are too large for lines, as those of half-blocks are.
  package var isCoarse: Bool

  /// The theme's look, with a tint of its own.
  package init(_ seeing: Seeing, theme: Theme, tint: Theme.Pixel? = nil, isCoarse: Bool) {
    view = seeing.maskView
    opacity = seeing.opacity ?? theme.maskOpacity
    self.tint = tint ?? theme.pixel(.mask)
    outline = theme.pixel(.outline)
    edge = theme.pixel(.edge)
    added = theme.pixel(.positive)
    removed = theme.pixel(.negative)
    self.isCoarse = isCoarse
  }

  /// The squares of the checkerboard behind a matte.
  static let checkers = [
    Theme.Pixel(red: 0x66, green: 0x66, blue: 0x66), Theme.Pixel(red: 0x99, green: 0x99, blue: 0x99),
  ]

  /// The side of such a square in pixels.
  var checkerSide: Int { isCoarse ? 2 : 8 }

  /// Colours of the confidence from 0 to 1, from dark to light as in print without colours.
  static let confidenceColors = [
    Theme.Pixel(red: 13, green: 8, blue: 135), Theme.Pixel(red: 126, green: 3, blue: 168),
    Theme.Pixel(red: 204, green: 71, blue: 120), Theme.Pixel(red: 248, green: 149, blue: 64),
    Theme.Pixel(red: 240, green: 249, blue: 33),
  ]
  /// How much of these is mixed into the grey picture.
  static let confidenceOpacity = 0.65
}
