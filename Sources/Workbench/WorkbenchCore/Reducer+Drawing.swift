import Annotations

/// Drawing by hand: a sketch grows with the pointer and becomes one step of the document at its end.
extension Reducer {
  /// How near to the first corner of a polygon a click closes it, as a part of a cell's height.
  private static let closingReach = 0.5

  static func pick(_ state: inout State, _ tool: DrawingTool) -> [Effect] {
    // The polygon's key closes what was begun.
    if tool == .polygon, state.tool == .polygon, state.sketch != nil { return finishSketch(&state) }
    state.sketch = nil
    state.boxCorner = nil
    state.tool = state.tool == tool ? .click : tool
    state.notice = Notice(kind: .information, text: state.tool.advice)
    return []
  }

  static func pressTool(_ state: inout State, at point: ImagePoint, erases: Bool) -> [Effect] {
    if state.tool == .polygon, state.sketch != nil { return addCorner(&state, point) }
    begin(&state, at: point, erases: erases)
    return []
  }

  static func dragTool(_ state: inout State, to point: PanePoint) -> [Effect] {
    guard let viewport = state.view?.viewport, state.tool != .polygon else { return [] }
    extend(&state, to: viewport.nearestPoint(to: viewport.imagePoint(at: point)))
    return []
  }

  static func releaseTool(_ state: inout State) -> [Effect] {
    state.tool == .polygon ? [] : finishSketch(&state)
  }

  /// Enter begins a shape and ends it; for a polygon it sets a corner.
  static func drawAtCrosshair(_ state: inout State, erases: Bool) -> [Effect] {
    guard let position = state.view?.crosshair.position else { return [] }
    guard state.sketch != nil else {
      begin(&state, at: position, erases: erases)
      return []
    }
    if state.tool == .polygon { return addCorner(&state, position) }
    return finishSketch(&state)
  }

  /// A sketch begun with the keyboard follows the crosshair.
  static func followCrosshair(_ state: inout State) {
    guard state.sketch != nil, state.drag == nil, state.tool != .polygon,
      let position = state.view?.crosshair.position
    else { return }
    extend(&state, to: position)
  }

  private static func begin(_ state: inout State, at point: ImagePoint, erases: Bool) {
    state.sketch = Sketch(points: [centre(point)], erases: erases || state.tool == .eraser)
    paint(&state, from: 0)
  }

  private static func extend(_ state: inout State, to point: ImagePoint) {
    guard let last = state.sketch?.points.last, last != centre(point) else { return }
    if state.tool.followsPointer || state.sketch?.points.count == 1 {
      state.sketch?.points.append(centre(point))
    } else {
      state.sketch?.points[1] = centre(point)
    }
    paint(&state, from: (state.sketch?.points.count ?? 2) - 2)
  }

  /// Shows what a brush does from a point on, without going over the whole stroke again.
  private static func paint(_ state: inout State, from index: Int) {
    guard state.tool.isBrush, let document = state.document,
      let sketch = state.sketch
    else { return }
    let empty = RunLengths(width: document.width, height: document.height)
    let before = sketch.preview ?? document.selected?.mask ?? empty
    let stroke = RunLengths(
      width: document.width, height: document.height, strokeThrough: Array(sketch.points[index...]),
      thickness: Double(state.brushSize))
    state.sketch?.preview = sketch.erases ? before.subtracting(stroke) : before.union(stroke)
  }

  private static func addCorner(_ state: inout State, _ point: ImagePoint) -> [Effect] {
    guard let first = state.sketch?.points.first, let scale = state.view?.viewport.scale else { return [] }
    let reach = max(Double(state.layout.cell.height) * closingReach / scale, 0.5)
    let isClosing = max(abs(first.x - point.x), abs(first.y - point.y)) <= reach
    if isClosing, let count = state.sketch?.points.count, count > 2 { return finishSketch(&state) }
    state.sketch?.points.append(centre(point))
    return []
  }

  private static func finishSketch(_ state: inout State) -> [Effect] {
    guard let sketch = state.sketch else { return [] }
    state.sketch = nil
    let shape: DocumentCommand.Shape
    switch state.tool {
    case .brush, .eraser: shape = .stroke(sketch.points, thickness: Double(state.brushSize))
    case .rectangle:
      guard sketch.points.count == 2 else { return [] }
      shape = .rectangle(sketch.points[0], sketch.points[1])
    case .polygon, .lasso:
      guard sketch.points.count > 2 else { return [] }
      shape = .polygon(sketch.points)
    case .click: return []
    }
    return carryOut(&state, .draw(shape, sketch.erases ? .erase : .draw))
  }

  /// The centre of the pixel under a point, so that a brush of one pixel paints just that.
  private static func centre(_ point: ImagePoint) -> ImagePlace {
    ImagePlace(x: point.x.rounded(.down) + 0.5, y: point.y.rounded(.down) + 0.5)
  }
}
