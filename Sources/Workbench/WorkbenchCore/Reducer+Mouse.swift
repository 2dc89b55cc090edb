import VisionTasks

/// Mouse buttons on the picture.
extension Reducer {
  /// The part of a cell's height that the mouse must move for a click to become a box.
  private static let dragThreshold = 0.6

  /// A click counts when the button goes down, so that its mask may be there when it comes up.
  static func press(_ state: inout State, _ purpose: Drag.Purpose, at point: PanePoint) -> [Effect] {
    guard let view = state.view, state.loadingPath == nil else { return [] }
    setFocus(&state, .image)
    state.boxCorner = nil
    state.drag = Drag(purpose: purpose, at: point, stepBefore: state.document?.current)
    let place = view.viewport.imagePoint(at: point)
    guard purpose != .pan, view.viewport.contains(place) else { return [] }
    state.view?.crosshair.follow(place, viewport: view.viewport)
    if state.tool != .click { return pressTool(&state, at: place, erases: purpose == .exclude) }
    return addClick(&state, place, isPositive: purpose == .select)
  }

  static func drag(_ state: inout State, to point: PanePoint) -> [Effect] {
    guard var drag = state.drag else { return [] }
    if state.tool != .click, drag.purpose != .pan {
      state.drag?.now = point
      return dragTool(&state, to: point)
    }
    let last = drag.now
    drag.now = point
    let distance = max(abs(point.x - drag.start.x), abs(point.y - drag.start.y))
    let beginsBox =
      drag.purpose == .select && !drag.isMoving
      && distance > Double(state.layout.cell.height) * dragThreshold
    if beginsBox || drag.purpose == .pan { drag.isMoving = true }
    state.drag = drag
    if drag.purpose == .pan { state.view?.viewport.pan(byX: point.x - last.x, y: point.y - last.y) }
    guard beginsBox else { return [] }
    if let step = drag.stepBefore { state.document?.go(to: step) }
    return requestMask(&state)
  }

  static func release(_ state: inout State, at point: PanePoint) -> [Effect] {
    guard state.drag != nil else { return [] }
    if state.tool != .click, state.drag?.purpose != .pan {
      _ = dragTool(&state, to: point)
      state.drag = nil
      return releaseTool(&state)
    }
    let effects = drag(&state, to: point)
    guard let drag = state.drag, let viewport = state.view?.viewport else { return effects }
    state.drag = nil
    guard drag.purpose == .select, drag.isMoving else { return effects }
    return effects + setBox(&state, box(from: drag.start, to: drag.now, viewport: viewport))
  }

  private static func box(from start: PanePoint, to end: PanePoint, viewport: Viewport) -> Box {
    let first = viewport.imagePoint(at: start)
    let second = viewport.imagePoint(at: end)
    return Box(x0: first.x, y0: first.y, x1: second.x, y1: second.y)
  }
}
