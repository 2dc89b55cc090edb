import Annotations
import VisionTasks

/// Clicks, boxes and the masks they lead to.
extension Reducer {
  /// Changes the document and asks for the mask of its new prompts unless it is known.
  static func changePrompts(_ state: inout State, _ change: (inout Document) -> Void) -> [Effect] {
    guard state.loadingPath == nil, var document = state.document else { return [] }
    document.classOfNew = state.classOfNew
    change(&document)
    state.sketch = nil
    state.document = document
    state.boxCorner = nil
    return requestMask(&state)
  }

  /// Asks for the current prompts' mask; a request under way becomes worthless.
  static func requestMask(_ state: inout State) -> [Effect] {
    state.generation += 1
    state.isSegmenting = false
    guard let view = state.view, let document = state.document else { return [] }
    let chains = document.openQuestions
    guard !chains.isEmpty else { return saveIfWaiting(&state, view.path) }
    state.isSegmenting = true
    return [
      .segment(
        SegmentRequest(
          generation: state.generation, path: view.path, image: view.image, chains: chains))
    ]
  }

  static func addClick(_ state: inout State, _ point: ImagePoint, isPositive: Bool) -> [Effect] {
    guard state.view?.viewport.contains(point) == true else { return [] }
    return changePrompts(&state) { $0.addClick(Click(x: point.x, y: point.y, isPositive: isPositive)) }
  }

  static func setBox(_ state: inout State, _ box: Box) -> [Effect] {
    guard let viewport = state.view?.viewport else { return [] }
    let width = Double(viewport.image.width)
    let height = Double(viewport.image.height)
    let inside = Box(
      x0: box.x0.clamped(to: 0...width), y0: box.y0.clamped(to: 0...height),
      x1: box.x1.clamped(to: 0...width), y1: box.y1.clamped(to: 0...height))
    guard inside.x1 - inside.x0 >= 1, inside.y1 - inside.y0 >= 1 else { return [] }
    return changePrompts(&state) { $0.setBox(inside) }
  }

  static func moveCrosshair(
    _ state: inout State, _ direction: Crosshair.Direction, isBig: Bool
  ) -> [Effect] {
    guard var view = state.view else { return [] }
    defer { followCrosshair(&state) }
    let cell = state.layout.cell
    view.crosshair.move(direction, isBig: isBig, viewport: view.viewport, cellHeight: cell.height)
    view.viewport.reveal(view.crosshair.position, margin: Double(cell.height))
    state.view = view
    return []
  }

  static func clickAtCrosshair(_ state: inout State, isPositive: Bool) -> [Effect] {
    guard let position = state.view?.crosshair.position else { return [] }
    state.view?.crosshair.isVisible = true
    if state.tool != .click { return drawAtCrosshair(&state, erases: !isPositive) }
    return addClick(&state, position, isPositive: isPositive)
  }

  static func boxAtCrosshair(_ state: inout State) -> [Effect] {
    guard let position = state.view?.crosshair.position else { return [] }
    state.view?.crosshair.isVisible = true
    guard let corner = state.boxCorner else {
      state.boxCorner = position
      state.notice = Notice(kind: .information, text: "Move to the opposite corner, then press the key again")
      return []
    }
    state.boxCorner = nil
    return setBox(&state, Box(x0: corner.x, y0: corner.y, x1: position.x, y1: position.y))
  }

  static func segmented(_ state: inout State, _ report: SegmentReport) -> [Effect] {
    guard let document = state.documents[report.path], document.steps.indices.contains(report.question.step),
      document.width == report.answer.mask.width, document.height == report.answer.mask.height
    else { return [] }
    state.documents[report.path]?.setAnswer(
      report.answer, report.segmentation, for: report.question.step, of: report.question.object)
    state.model.isReady = true
    guard state.documents[report.path]?.openQuestions.isEmpty == true else { return [] }
    let effects = saveIfWaiting(&state, report.path)
    guard report.generation == state.generation, report.path == state.view?.path else { return effects }
    state.isSegmenting = false
    state.latency = LatencySplit(
      report.segmentation.latency, decode: state.profiling.decodeTimes[report.path])
    if let layers = report.layers {
      state.layers = layers
      state.layerHistory.record(layers)
      state.selectedLayer = state.selectedLayer.clamped(to: 0...max(0, layers.rows.count - 1))
      state.profiling.source = .click
      forgetInspection(&state)
    }
    return effects + inspectSelection(&state)
  }

  static func segmentationFailed(
    _ state: inout State, path: String, generation: Int, _ message: String
  ) -> [Effect] {
    if state.waitingSaves.remove(path) != nil { state.isQuitting = false }
    guard generation == state.generation else { return [] }
    state.isSegmenting = false
    state.notice = Notice(kind: .error, text: message)
    return []
  }
}
