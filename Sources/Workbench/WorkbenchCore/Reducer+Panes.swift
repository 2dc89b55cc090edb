import VisionTasks

/// The keyboard's pane and lists.
extension Reducer {
  static func changePanes(_ state: inout State, _ action: Action) -> [Effect] {
    switch action {
    case .focus(let pane): setFocus(&state, pane)
    case .focusNext(let backward): focusNext(&state, backward: backward)
    case .moveSelection(let lines): return scroll(&state, state.focus, lines: lines)
    case .scroll(let pane, let lines): return scroll(&state, pane, lines: lines)
    case .switchLayerOrder:
      state.layerOrder = state.layerOrder.next
      state.selectedLayer = 0
      state.notice = Notice(kind: .information, text: "Layers: \(state.layerOrder.rawValue)")
    case .selectLayer(let index):
      setFocus(&state, .layers)
      state.selectedLayer = index.clamped(to: 0...max(0, (state.layers?.rows.count ?? 0) - 1))
    default: break
    }
    return []
  }

  /// Gives a pane the keyboard; narrow screens make room for it as long as it has that.
  static func setFocus(_ state: inout State, _ pane: Pane) {
    if Pane.lower.contains(pane) {
      state.lower = pane
      // Pictures of files stand in the place of these panes.
      state.thumbnails.isShown = false
    }
    let layout = state.layout.opened(pane != .image).withGallery(state.thumbnails.isShown)
    state.focus = layout.hasSide ? pane : .image
    if pane == .files { state.selectedFile = state.files.place(of: state.files.current) }
    take(layout, &state)
  }

  /// Lays the screen out anew where that changes anything.
  static func take(_ layout: Layout, _ state: inout State) {
    guard layout != state.layout else { return }
    state.layout = layout
    state.drag = nil
    state.view?.viewport.resize(pane: layout.imagePixels)
  }

  private static func focusNext(_ state: inout State, backward: Bool) {
    let panes = [.image, .files, state.lower]
    guard let index = panes.firstIndex(of: state.focus) else { return }
    setFocus(&state, panes[(index + (backward ? panes.count - 1 : 1)) % panes.count])
  }

  /// Scrolls a pane; the lists' own lengths are the bounds.
  private static func scroll(_ state: inout State, _ pane: Pane, lines: Int) -> [Effect] {
    switch pane {
    case .files:
      // Only the pane with the keyboard shows another part of the list than around the open image.
      if state.focus != .files { setFocus(&state, .files) }
      state.selectedFile = (state.selectedFile + lines).clamped(to: 0...max(0, state.files.count - 1))
    case .objects: return moveObjectSelection(&state, lines: lines)
    case .history:
      let last = max(0, (state.document?.steps.count ?? 0) - 1)
      state.selectedStep = (HistoryWindow(state: state).selected + lines).clamped(to: 0...last)
    case .layers where state.hasPartTable:
      let last = FacePart.allCases.count - 1
      state.people.selectedPart = (state.people.selectedPart + lines).clamped(to: 1...last)
    case .layers:
      let last = max(0, (state.layers?.rows.count ?? 0) - 1)
      state.selectedLayer = (state.selectedLayer + lines).clamped(to: 0...last)
    case .image: break
    }
    return []
  }
}
