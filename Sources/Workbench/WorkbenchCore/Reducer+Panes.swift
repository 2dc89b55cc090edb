import VisionTasks

/// The keyboard's pane and lists.
extension Reducer {
  static func changePanes(_ state: inout State, _ action: Action) -> [Effect] {
    switch action {
    case .focus(let pane): state.focus = state.layout.hasSide ? pane : .image
    case .focusNext(let backward): focusNext(&state, backward: backward)
    case .moveSelection(let lines): scroll(&state, state.focus, lines: lines)
    case .scroll(let pane, let lines): scroll(&state, pane, lines: lines)
    case .switchLayerOrder:
      state.layerOrder = state.layerOrder.next
      state.selectedLayer = 0
    case .selectLayer(let index):
      state.focus = .layers
      state.selectedLayer = index.clamped(to: 0...max(0, (state.layers?.rows.count ?? 0) - 1))
    default: break
    }
    return []
  }

  private static func focusNext(_ state: inout State, backward: Bool) {
    guard state.layout.hasSide, let index = Pane.allCases.firstIndex(of: state.focus) else { return }
    let count = Pane.allCases.count
    state.focus = Pane.allCases[(index + (backward ? count - 1 : 1)) % count]
    if state.focus == .files { state.selectedFile = state.files.current }
  }

  /// Scrolls a pane; the lists' own lengths are the bounds.
  private static func scroll(_ state: inout State, _ pane: Pane, lines: Int) {
    switch pane {
    case .files:
      state.selectedFile = (state.selectedFile + lines).clamped(to: 0...max(0, state.files.paths.count - 1))
    case .layers where state.hasPartTable:
      let last = FacePart.allCases.count - 1
      state.people.selectedPart = (state.people.selectedPart + lines).clamped(to: 1...last)
    case .layers:
      let last = max(0, (state.layers?.rows.count ?? 0) - 1)
      state.selectedLayer = (state.selectedLayer + lines).clamped(to: 0...last)
    case .image: break
    }
  }
}
