import TerminalScreen

/// Where the panes lie on the screen, and how many pixels the image pane's bitmap has.
///
/// The image fills the left; files, and below them objects, history or layers, stand in a column at the right that
/// narrow screens leave out until it gets the keyboard; the status line and the hint line close the screen at the
/// bottom.
public struct Layout: Equatable, Sendable {
  /// The smallest screen on which work is possible.
  public static let minimumSize = ScreenSize(columns: 40, rows: 12)

  public let screen: ScreenSize
  /// Bitmap pixels per cell of the image pane: the terminal's own for pixel graphics, 1×2 for half-blocks.
  public let cell: PixelSize
  /// The pane of the picture.
  public let image: Rect
  /// The part of the pane that the picture's bitmap fills; smaller where the terminal limits bitmaps.
  public let bitmap: Rect
  /// The thin rule between the picture and the column at its right; empty when there is no such column.
  public let rule: Rect
  public let files: Rect
  public let layers: Rect
  public let status: Rect
  public let hints: Rect
  /// Whether the column at the right takes most of the screen.
  public let isWide: Bool
  /// Whether a narrow screen has the column too.
  public let isOpen: Bool
  /// Whether files take the whole of the column at the right.
  public let hasGallery: Bool
  private let maximum: PixelSize?

  /// - Parameters:
  ///   - cell: Bitmap pixels per cell.
  ///   - maximum: The largest bitmap that the terminal draws; nil for any.
  ///   - isWide: Whether the column at the right takes most of the screen.
  ///   - isOpen: Whether a narrow screen has the column too.
  ///   - hasGallery: Whether files take the whole of the column at the right.
  public init(
    screen: ScreenSize, cell: PixelSize, maximum: PixelSize? = nil, isWide: Bool = false,
    isOpen: Bool = false, hasGallery: Bool = false
  ) {
    self.screen = screen
    self.cell = cell
    self.maximum = maximum
    self.isWide = isWide
    self.isOpen = isOpen
    self.hasGallery = hasGallery
    let columns = max(screen.columns, 0)
    let rows = max(screen.rows, 0)
    let height = max(rows - 2, 0)
    let sideWidth = Self.sideWidth(columns: columns, isWide: isWide, isOpen: isOpen)
    let imageWidth = sideWidth == 0 ? columns : columns - sideWidth - 1
    image = Rect(x: 0, y: 0, width: imageWidth, height: height)
    bitmap = image.centered(
      width: (maximum?.width ?? .max) / max(cell.width, 1),
      height: (maximum?.height ?? .max) / max(cell.height, 1))
    rule = Rect(x: imageWidth, y: 0, width: sideWidth == 0 ? 0 : 1, height: sideWidth == 0 ? 0 : height)
    let filesHeight =
      sideWidth == 0
      ? 0 : hasGallery ? height : isWide ? 4 : (height / 3 + 1).clamped(to: 5...max(5, height / 2))
    files = Rect(x: imageWidth + 1, y: 0, width: sideWidth, height: filesHeight)
    layers = Rect(
      x: imageWidth + 1, y: filesHeight, width: sideWidth, height: sideWidth == 0 ? 0 : height - filesHeight)
    status = Rect(x: 0, y: rows - 2, width: columns, height: 1)
    hints = Rect(x: 0, y: rows - 1, width: columns, height: 1)
  }

  private static func sideWidth(columns: Int, isWide: Bool, isOpen: Bool) -> Int {
    if columns < 72 {
      return isOpen && columns >= minimumSize.columns ? (columns * 2 / 5).clamped(to: 22...26) : 0
    }
    return isWide ? columns * 2 / 3 : (columns * 2 / 7).clamped(to: 26...38)
  }

  /// The same screen with another width of the column at the right.
  func widened(_ isWide: Bool) -> Layout {
    Layout(
      screen: screen, cell: cell, maximum: maximum, isWide: isWide, isOpen: isOpen, hasGallery: hasGallery)
  }

  /// The same screen with files over the whole of the column at the right, or not.
  func withGallery(_ hasGallery: Bool) -> Layout {
    Layout(
      screen: screen, cell: cell, maximum: maximum, isWide: isWide, isOpen: isOpen, hasGallery: hasGallery)
  }

  /// The same screen with the column at the right, or without where it is narrow.
  func opened(_ isOpen: Bool) -> Layout {
    Layout(
      screen: screen, cell: cell, maximum: maximum, isWide: isWide, isOpen: isOpen, hasGallery: hasGallery)
  }

  /// Whether the screen is too small to work on.
  public var isTooSmall: Bool {
    screen.columns < Self.minimumSize.columns || screen.rows < Self.minimumSize.rows
  }

  /// Whether the column with files and layers is shown.
  public var hasSide: Bool { !files.isEmpty }

  /// The size of the picture's bitmap.
  public var imagePixels: PixelSize {
    PixelSize(width: bitmap.width * cell.width, height: bitmap.height * cell.height)
  }

  /// The bitmap's place of a point given in columns and rows of the screen, with fractions inside a cell.
  public func panePoint(column: Double, row: Double) -> PanePoint {
    PanePoint(
      x: (column - Double(bitmap.x)) * Double(cell.width), y: (row - Double(bitmap.y)) * Double(cell.height))
  }
}
