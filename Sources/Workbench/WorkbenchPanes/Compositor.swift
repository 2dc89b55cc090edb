import TerminalGraphics
import TerminalScreen
import WorkbenchCore

/// Makes frames of states: lays out the panes and remembers what the picture costs to prepare.
public struct Compositor: Sendable {
  private let ownTheme: Theme
  private var theme: Theme
  private let keyMap: KeyMap
  private var imagePane: ImagePane
  private var thumbnails: ThumbnailStrip
  private var cellSize: PixelSize
  private var maximum: PixelSize?

  /// A compositor for a terminal; when its capabilities change, another must be made.
  public init(theme: Theme, keyMap: KeyMap, graphics: GraphicsProtocol, capabilities: Capabilities) {
    self.theme = theme
    ownTheme = theme
    self.keyMap = keyMap
    let encoder = PictureEncoder(identity: "image", protocol: graphics, capabilities: capabilities)
    imagePane = ImagePane(theme: theme, encoder: encoder)
    thumbnails = ThumbnailStrip(
      encoder: PictureEncoder(identity: "files", protocol: graphics, capabilities: capabilities))
    cellSize = encoder.cellSize
    maximum = encoder.maximum
  }

  /// The layout of a screen of this terminal.
  public func layout(of screen: ScreenSize) -> Layout {
    Layout(screen: screen, cell: cellSize, maximum: maximum)
  }

  /// What turning the last frame's picture into what the terminal takes cost.
  public var pictureEncoding: Duration { imagePane.encoding }

  /// The text and the picture that show a state.
  ///
  /// - Parameter effort: What the picture may cost.
  public mutating func frame(
    of state: State, effort: FrameEffort = .full
  ) -> (cells: CellBuffer, graphics: [Graphic]) {
    wear(state.theme ?? ownTheme)
    let screen = state.layout.screen
    var cells = CellBuffer(width: screen.columns, height: screen.rows, style: theme.style(.text))
    guard !state.layout.isTooSmall else {
      SmallScreen(theme: theme).render(state, into: &cells)
      return (cells, [])
    }
    let graphic = imagePane.render(state, effort: effort, into: &cells)
    renderRule(state.layout.rule, into: &cells)
    FilesPane(theme: theme).render(state, into: &cells)
    let strip = thumbnails.render(state, theme: theme, into: &cells)
    renderLower(state, into: &cells)
    StatusPane(theme: theme).render(state, into: &cells)
    HintsPane(theme: theme, keyMap: keyMap).render(state, into: &cells)
    FinderPopup(theme: theme, keyMap: keyMap).render(state, into: &cells)
    TourPopup(theme: theme, keyMap: keyMap).render(state, into: &cells)
    return (cells, [graphic, strip].compactMap { $0 })
  }

  /// The one of the panes that share the lower right.
  private func renderLower(_ state: State, into cells: inout CellBuffer) {
    switch state.lower {
    case .objects: ObjectsPane(theme: theme, tints: imagePane.tints).render(state, into: &cells)
    case .history: HistoryPane(theme: theme).render(state, into: &cells)
    case .layers where state.hasPartTable: PartsPane(theme: theme).render(state, into: &cells)
    default: LayersPane(theme: theme).render(state, into: &cells)
    }
  }

  /// Changes to another theme.
  private mutating func wear(_ new: Theme) {
    guard new != theme else { return }
    theme = new
    imagePane.wear(new)
  }

  private func renderRule(_ rect: Rect, into cells: inout CellBuffer) {
    for y in rect.y..<rect.maxY { cells.write("│", x: rect.x, y: y, style: theme.style(.rule)) }
  }
}
