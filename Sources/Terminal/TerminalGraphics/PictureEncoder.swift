import TerminalScreen

/// Turns the bitmaps of one pane into graphics for the screen, by whichever protocol was chosen.
///
///     var encoder = PictureEncoder(identity: "image", protocol: .best(for: capabilities), capabilities: capabilities)
///     let rect = encoder.usableRect(in: pane, screen: screen.size)
///     let size = encoder.bitmapSize(for: rect)
///     encoder.setPalette(pictures: [photo, tintedPhoto], reserved: [outline])
///     let graphic = encoder.graphic(of: composedBitmap, in: rect)
public struct PictureEncoder: Sendable {
  private let identity: String
  private let capabilities: Capabilities
  private var sixel: SixelEncoder?
  private var generation = 0
  private var last: (bitmap: Bitmap, graphic: Graphic)?

  /// How pictures are shown.
  public let graphicsProtocol: GraphicsProtocol

  /// - Parameter identity: The name of the pane, unique on the screen.
  public init(identity: String, protocol graphicsProtocol: GraphicsProtocol, capabilities: Capabilities) {
    self.identity = identity
    self.graphicsProtocol = graphicsProtocol
    self.capabilities = capabilities
  }

  /// The bitmap pixels that one cell shows.
  public var cellSize: PixelSize {
    switch graphicsProtocol {
    case .sixel: PixelSize(width: capabilities.cellWidth, height: capabilities.cellHeight)
    case .half: HalfBlocks.cellSize
    }
  }

  /// Returns the part of a pane that a picture can fill.
  ///
  /// A sixel image must not reach the last row, where it would scroll the screen, nor be larger than the
  /// terminal draws at all.
  public func usableRect(in pane: Rect, screen: ScreenSize) -> Rect {
    var rect = pane.intersection(Rect(x: 0, y: 0, width: screen.columns, height: screen.rows))
    guard graphicsProtocol == .sixel else { return rect }
    rect = rect.intersection(Rect(x: 0, y: 0, width: screen.columns, height: screen.rows - 1))
    guard let maximum = capabilities.sixelMaximum else { return rect }
    return rect.centered(width: maximum.width / cellSize.width, height: maximum.height / cellSize.height)
  }

  /// Returns the size of the bitmap that fills a rectangle of cells.
  public func bitmapSize(for rect: Rect) -> PixelSize {
    PixelSize(width: rect.width * cellSize.width, height: rect.height * cellSize.height)
  }

  /// Chooses the colours for the next bitmaps, once per view; until then each bitmap's own colours serve.
  ///
  /// - Parameters:
  ///   - pictures: What will be shown, such as the photo and the same photo tinted all over.
  ///   - reserved: At most 16 colours of overlays that are to appear exactly.
  ///   - dithering: How colours that are missing in the palette are shown.
  public mutating func setPalette(
    pictures: [Bitmap], reserved: [Palette.Entry] = [], dithering: SixelEncoder.Dithering = .none
  ) {
    guard graphicsProtocol == .sixel else { return }
    let palette = Palette(
      pictures: pictures, reserved: reserved, limit: min(capabilities.sixelColors, Palette.limit))
    sixel = SixelEncoder(palette: palette, dithering: dithering)
    last = nil
  }

  /// Returns the graphic of a bitmap; the one before again when nothing changed.
  ///
  /// - Parameters:
  ///   - bitmap: Of the size that `bitmapSize` gives.
  ///   - rect: Inside what `usableRect` gives.
  public mutating func graphic(of bitmap: Bitmap, in rect: Rect) -> Graphic {
    if let last, last.graphic.rect == rect, last.bitmap == bitmap { return last.graphic }
    let content: Graphic.Content
    switch graphicsProtocol {
    case .sixel:
      if sixel == nil { setPalette(pictures: [bitmap]) }
      content = .sequence(sixel?.encode(bitmap) ?? [])
    case .half:
      content = .cells(HalfBlocks.cells(bitmap, depth: capabilities.colorDepth))
    }
    generation += 1
    let graphic = Graphic(identity: identity, generation: generation, rect: rect, content: content)
    last = (bitmap, graphic)
    return graphic
  }
}
