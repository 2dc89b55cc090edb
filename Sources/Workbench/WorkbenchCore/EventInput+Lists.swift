import TerminalScreen

/// The mouse in the panes that share the lower right.
extension EventInput {
  func lowerAction(for mouse: Mouse, state: State) -> Action? {
    guard mouse.kind == .press, mouse.button != .middle else {
      return listAction(for: mouse, pane: state.lower)
    }
    if let pane = PaneTabs(state: state).pane(column: mouse.column, row: mouse.row) { return .focus(pane) }
    let action: Action? =
      switch state.lower {
      case .objects: objectsAction(for: mouse, state)
      case .history: historyAction(for: mouse, state)
      default: state.hasPartTable ? partsAction(for: mouse, state) : layersAction(for: mouse, state)
      }
    return action ?? .focus(state.lower)
  }

  /// A click selects, on the colour it hides and shows, with the right button it lists what can be done.
  private func objectsAction(for mouse: Mouse, _ state: State) -> Action? {
    guard let id = ObjectsWindow(state: state).id(atRow: mouse.row) else { return nil }
    if mouse.button == .right { return .objects(.showMenu(id)) }
    let isOnColor = mouse.column <= state.layout.layers.x + 1
    return isOnColor ? .objects(.toggle(id)) : .objects(.pick(id))
  }

  /// A click goes to a step, with the right button it only selects one.
  private func historyAction(for mouse: Mouse, _ state: State) -> Action? {
    guard let step = HistoryWindow(state: state).step(atRow: mouse.row) else { return nil }
    return mouse.button == .right ? .history(.pick(step)) : .history(.go(step))
  }

  private func layersAction(for mouse: Mouse, _ state: State) -> Action? {
    LayersWindow(state: state).index(atRow: mouse.row, state: state).map { .selectLayer($0) }
  }

  /// A click selects, on the colour it hides and shows.
  private func partsAction(for mouse: Mouse, _ state: State) -> Action? {
    // Below the names of the panes and the headings; the ground is not listed.
    let part = mouse.row - state.layout.layers.y - 1
    guard mouse.row >= state.layout.layers.y + 2, part < People.partCount else { return nil }
    return .people(.selectPart(part, toggles: mouse.column <= state.layout.layers.x + 1))
  }
}
