import TerminalScreen

/// Turns the bitmaps of one pane into graphics for the screen, by whichever protocol was chosen.
///
///     var encoder = PictureEncoder(identity: "image", protocol: .best(for: capabilities), capabilities: capabilities)
///     let rect = encoder.usableRect(in: pane, screen: screen.size)
///     let size = encoder.bitmapSize(for: rect)
///     encoder.setPalette(pictures: [photo, tintedPhoto], reserved: [outline])
///     let graphic = encoder.graphic(of: composedBitmap, in: rect)
public struct PictureEncoder: Sendable {
  /// What the protocol needs to know from picture to picture.
  private enum Method: Sendable {
    case kitty(KittyEncoder)
    case iterm2(InlineImageEncoder)
    case sixel(SixelPicture)
    case half
  }

  private let identity: String
  private let capabilities: Capabilities
  private var method: Method
  private var generation = 0
  private var last: (bitmap: Bitmap, quality: PictureQuality, graphic: Graphic)?
  /// Whether other colours were chosen since.
  private var isRecolored = false

  /// How pictures are shown.
  public let graphicsProtocol: GraphicsProtocol

  /// - Parameter identity: The name of the pane, unique on the screen.
  public init(identity: String, protocol graphicsProtocol: GraphicsProtocol, capabilities: Capabilities) {
    self.identity = identity
    self.graphicsProtocol = graphicsProtocol
    self.capabilities = capabilities
    switch graphicsProtocol {
    case .kitty: method = .kitty(KittyEncoder(passesThroughTmux: capabilities.insideTmux))
    case .iterm2: method = .iterm2(InlineImageEncoder(passesThroughTmux: capabilities.insideTmux))
    case .sixel: method = .sixel(SixelPicture(colorLimit: capabilities.sixelColors))
    case .half: method = .half
    }
  }

  /// The bitmap pixels that one cell shows.
  public var cellSize: PixelSize {
    graphicsProtocol.usesPixels
      ? PixelSize(width: capabilities.cellWidth, height: capabilities.cellHeight) : HalfBlocks.cellSize
  }

  /// Returns the part of a pane that a picture can fill.
  ///
  /// An image must not reach the last row, where it would scroll the screen, nor, as sixel, be larger than the
  /// terminal draws at all.
  public func usableRect(in pane: Rect, screen: ScreenSize) -> Rect {
    var rect = pane.intersection(Rect(x: 0, y: 0, width: screen.columns, height: screen.rows))
    guard graphicsProtocol.usesPixels else { return rect }
    rect = rect.intersection(Rect(x: 0, y: 0, width: screen.columns, height: screen.rows - 1))
    guard let maximum else { return rect }
    return rect.centered(width: maximum.width / cellSize.width, height: maximum.height / cellSize.height)
  }

  /// The largest bitmap that the terminal draws; nil for any.
  public var maximum: PixelSize? { graphicsProtocol == .sixel ? capabilities.sixelMaximum : nil }

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
  ///   - isOther: Whether this is not another view of the same photo, so that no colour of the last one serves.
  public mutating func setPalette(
    pictures: [Bitmap], reserved: [Palette.Entry] = [], dithering: SixelEncoder.Dithering = .none,
    isOther: Bool = true
  ) {
    guard case .sixel(var sixel) = method else { return }
    sixel.setPalette(pictures: pictures, reserved: reserved, dithering: dithering)
    if isOther { sixel.forgetReduced() }
    method = .sixel(sixel)
    isRecolored = true
  }

  /// Returns the graphic of a bitmap; the one before again when nothing changed.
  ///
  /// - Parameters:
  ///   - bitmap: Of the size that `bitmapSize` gives.
  ///   - rect: Inside what `usableRect` gives.
  public mutating func graphic(
    of bitmap: Bitmap, in rect: Rect, quality: PictureQuality = .full
  ) -> Graphic {
    let before = last.flatMap { $0.graphic.rect == rect && $0.quality == quality ? $0 : nil }
    if let before, !isRecolored, bitmap.isSame(as: before.bitmap) { return before.graphic }
    isRecolored = false
    generation += 1
    var graphic = Graphic(identity: identity, generation: generation, rect: rect, content: .sequence([]))
    switch method {
    case .kitty(var encoder):
      graphic.content = .tiles(encoder.tiles(of: bitmap, in: rect, quality: quality))
      graphic.removal = encoder.removal(of: rect)
      method = .kitty(encoder)
    case .iterm2(var encoder):
      graphic.content = .tiles(encoder.tiles(of: bitmap, in: rect, quality: quality))
      method = .iterm2(encoder)
    case .sixel(var encoder):
      // Copies of the encoder's memory would cost more than its work.
      method = .half
      let encoded = encoder.encode(bitmap, quality: quality, cell: cellSize)
      method = .sixel(encoder)
      graphic.content = content(encoded, after: before?.graphic)
    case .half:
      graphic.content = .cells(HalfBlocks.cells(bitmap, depth: capabilities.colorDepth))
    }
    last = (bitmap, quality, graphic)
    return graphic
  }

  /// Whether sixel was asked for behind a tmux that does not know it.
  private var needsPassthrough: Bool { capabilities.insideTmux && !capabilities.sixel }

  /// A sixel picture, with what changes the one before it into this one where the terminal can draw over it: tmux
  /// forgets a picture when it draws another one over it.
  private func content(_ encoded: SixelPicture.Encoded, after before: Graphic?) -> Graphic.Content {
    if needsPassthrough { return .sequence(Passthrough.wrap(encoded.whole)) }
    guard let before, let patches = encoded.patches, !capabilities.insideTmux else {
      return .sequence(encoded.whole)
    }
    let tiles = patches.map { Graphic.Tile(rect: $0.rect, generation: generation, bytes: $0.bytes) }
    return .patches(tiles, base: before.generation, whole: encoded.whole)
  }
}
