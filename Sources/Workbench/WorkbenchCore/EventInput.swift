import TerminalScreen

/// What the terminal's events mean in a state.
public struct EventInput: Sendable {
  public let keyMap: KeyMap
  /// Lines that one notch of the wheel scrolls.
  private static let wheelLines = 3

  public init(keyMap: KeyMap) {
    self.keyMap = keyMap
  }

  /// The action that a key or the mouse asks for; nil when it means nothing here.
  /// - Parameter cell: The terminal's cell in pixels, for a mouse that reports pixels.
  public func action(for event: Event, in state: State, cell: PixelSize) -> Action? {
    switch event {
    case .key(let key):
      if let entry = state.classEntry(for: key) { return .edit(.setClass(entry.name)) }
      if let command = keyMap.command(for: key, in: state.context) { return .perform(commandID: command.id) }
      return state.context == .search ? .find(.type(key)) : nil
    case .mouse(let mouse): return action(for: mouse, in: state, cell: cell)
    case .paste(let text): return state.context == .search ? .find(.insert(text)) : nil
    case .resize, .focus, .reply: return nil
    }
  }

  private func action(for mouse: Mouse, in state: State, cell: PixelSize) -> Action? {
    guard !state.layout.isTooSmall else { return nil }
    if let command = hint(under: mouse, state) { return .perform(commandID: command.id) }
    switch state.context {
    case .question: return nil
    case .search: return searchAction(for: mouse, state: state)
    case .tour: return mouse.kind == .press ? .tour(.next) : nil
    case .image, .drawing, .files, .objects, .history, .layers, .parts: break
    }
    let point = Self.panePoint(of: mouse, layout: state.layout, cell: cell)
    if state.drag != nil {
      switch mouse.kind {
      case .drag: return .drag(to: point)
      case .release: return .release(at: point)
      default: break
      }
    }
    switch pane(under: mouse, state) {
    case .image: return imageAction(for: mouse, at: point)
    case .files: return filesAction(for: mouse, state: state)
    case .objects, .history, .layers: return lowerAction(for: mouse, state: state)
    case nil: return nil
    }
  }

  /// The point of the image pane under the mouse: exact where pixels are reported, else the cell's centre.
  static func panePoint(of mouse: Mouse, layout: Layout, cell: PixelSize) -> PanePoint {
    guard let x = mouse.pixelX, let y = mouse.pixelY, !cell.isEmpty else {
      return layout.panePoint(column: Double(mouse.column) + 0.5, row: Double(mouse.row) + 0.5)
    }
    return layout.panePoint(
      column: (Double(x) + 0.5) / Double(cell.width), row: (Double(y) + 0.5) / Double(cell.height))
  }

  private func pane(under mouse: Mouse, _ state: State) -> Pane? {
    let layout = state.layout
    if layout.image.contains(x: mouse.column, y: mouse.row) { return .image }
    if layout.files.contains(x: mouse.column, y: mouse.row) { return .files }
    return layout.layers.contains(x: mouse.column, y: mouse.row) ? state.lower : nil
  }

  private func imageAction(for mouse: Mouse, at point: PanePoint) -> Action? {
    switch (mouse.kind, mouse.button) {
    case (.press, .left): .press(.select, at: point)
    case (.press, .right): .press(.exclude, at: point)
    case (.press, .middle): .press(.pan, at: point)
    case (.wheelUp, _): .zoom(steps: 1, at: point)
    case (.wheelDown, _): .zoom(steps: -1, at: point)
    default: nil
    }
  }

  private func filesAction(for mouse: Mouse, state: State) -> Action? {
    guard mouse.kind == .press, mouse.button == .left else { return listAction(for: mouse, pane: .files) }
    // The title names the filter.
    if mouse.row == state.layout.files.y { return .perform(commandID: "filter") }
    return FilesWindow(state: state).index(atRow: mouse.row).map { .openFile($0) } ?? .focus(.files)
  }

  func listAction(for mouse: Mouse, pane: Pane) -> Action? {
    switch mouse.kind {
    case .press: .focus(pane)
    case .wheelUp: .scroll(pane, lines: -Self.wheelLines)
    case .wheelDown: .scroll(pane, lines: Self.wheelLines)
    default: nil
    }
  }

  /// The command whose key in the last row is clicked.
  private func hint(under mouse: Mouse, _ state: State) -> Command? {
    guard mouse.kind == .press, mouse.row == state.layout.hints.y, state.drag == nil else { return nil }
    return HintBar(state: state, keyMap: keyMap).command(column: mouse.column, row: mouse.row)
  }

  private func searchAction(for mouse: Mouse, state: State) -> Action? {
    guard let window = FinderWindow(state: state) else { return nil }
    switch mouse.kind {
    case .press:
      guard window.box.contains(x: mouse.column, y: mouse.row) else { return .find(.close) }
      return window.choice(atRow: mouse.row).map { .find(.choose($0)) }
    case .wheelUp: return .find(.move(lines: -Self.wheelLines))
    case .wheelDown: return .find(.move(lines: Self.wheelLines))
    default: return nil
    }
  }
}
