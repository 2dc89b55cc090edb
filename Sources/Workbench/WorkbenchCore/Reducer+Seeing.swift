import Annotations

/// How the mask and the picture are looked at.
extension Reducer {
  /// The opacity that one key press adds or takes.
  private static let opacityStep = 0.1
  /// What the theme's opacity counts as when a key first changes it.
  private static let middleOpacity = 0.5

  static func changeSeeing(_ state: inout State, _ action: SeeingAction) -> [Effect] {
    switch action {
    case .nextMaskView: show(state.seeing.maskView.next, &state)
    case .showMask(let view): show(view, &state)
    case .toggleConfidence:
      show(state.seeing.maskView == .confidence ? .fill : .confidence, &state)
    case .changeOpacity(let steps):
      let old = state.seeing.opacity ?? middleOpacity
      setOpacity((old + Double(steps) * opacityStep), &state)
    case .setOpacity(let opacity): setOpacity(opacity, &state)
    case .toggleMagnifier:
      state.seeing.hasMagnifier.toggle()
      if state.seeing.hasMagnifier { state.view?.crosshair.isVisible = true }
    case .toggleRulers: state.seeing.hasRulers.toggle()
    case .toggleMinimap: state.seeing.hasMinimap.toggle()
    case .goTo(let point):
      guard var view = state.view else { break }
      view.crosshair.follow(point, viewport: view.viewport)
      view.crosshair.isVisible = true
      view.viewport.reveal(view.crosshair.position, margin: Double(state.layout.cell.height) * 2)
      state.view = view
    case .zoomTo(let scale):
      guard var view = state.view else { break }
      view.viewport.zoom(to: scale, at: anchor(of: view))
      state.view = view
    }
    return []
  }

  private static func show(_ view: MaskView, _ state: inout State) {
    state.seeing.maskView = view
    state.notice = Notice(kind: .information, text: "Mask: \(view.rawValue)")
  }

  private static func setOpacity(_ opacity: Double, _ state: inout State) {
    let rounded = (opacity.clamped(to: 0.1...1) * 100).rounded() / 100
    state.seeing.opacity = rounded
    state.notice = Notice(kind: .information, text: "Opacity \(Int((rounded * 100).rounded()))%")
  }

  /// Keeps the mask that an action replaces, for the view of the difference.
  static func rememberMask(path: String?, _ mask: RunLengths?, _ state: inout State) {
    if path != state.view?.path {
      state.maskBefore = nil
    } else if mask != state.mask {
      state.maskBefore = mask
    }
  }
}
