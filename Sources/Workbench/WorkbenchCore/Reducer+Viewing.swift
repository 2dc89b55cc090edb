import TerminalScreen

/// Zooming, panning and new sizes of the screen.
extension Reducer {
  /// The factor of one step of zooming.
  private static let zoomStep = 1.25
  /// The part of the pane that panning by key moves over.
  private static let screenPart = 0.25

  static func changeView(_ state: inout State, _ action: Action) -> [Effect] {
    if case .resized(let layout) = action {
      state.layout = layout.widened(state.profiling.isWide).opened(state.focus != .image)
        .withGallery(state.thumbnails.isShown)
      if !state.layout.hasSide { state.focus = .image }
      state.drag = nil
      state.view?.viewport.resize(pane: state.layout.imagePixels)
      return []
    }
    guard var view = state.view else { return [] }
    let pane = view.viewport.pane
    switch action {
    case .zoom(let steps, let point):
      var factor = 1.0
      for _ in 0..<abs(steps) { factor *= zoomStep }
      view.viewport.zoom(by: steps < 0 ? 1 / factor : factor, at: point ?? anchor(of: view))
    case .zoomToFit: view.viewport.fit()
    case .zoomToPixels: view.viewport.zoom(to: 1, at: anchor(of: view))
    case .pan(let x, let y): view.viewport.pan(byX: x, y: y)
    case .panScreen(let direction):
      let step = direction.step
      view.viewport.pan(
        byX: -step.x * Double(pane.width) * screenPart, y: -step.y * Double(pane.height) * screenPart)
    default: break
    }
    state.view = view
    return []
  }

  /// Where the keyboard zooms: at the crosshair when it can be seen, else in the middle.
  static func anchor(of view: PictureView) -> PanePoint {
    let pane = view.viewport.pane
    let place = view.viewport.panePoint(of: view.crosshair.position)
    let isInside =
      (0...Double(pane.width)).contains(place.x) && (0...Double(pane.height)).contains(place.y)
    return view.crosshair.isVisible && isInside
      ? place : PanePoint(x: Double(pane.width) / 2, y: Double(pane.height) / 2)
  }
}
