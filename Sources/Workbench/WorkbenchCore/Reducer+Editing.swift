import Annotations
import Images

/// Commands about objects.
extension Reducer {
  /// The brush's sizes, in pixels.
  private static let brushSizes = [1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 200]

  static func edit(_ state: inout State, _ action: EditingAction) -> [Effect] {
    switch action {
    case .command(.operate(let operation)): return operate(&state, operation)
    case .command(let command): return carryOut(&state, command)
    case .floodAtCrosshair:
      guard let place = state.view?.crosshair.position else { return [] }
      return carryOut(&state, .flood(ImagePlace(x: place.x, y: place.y)))
    case .removeNearestClick: return nearestClick(state).map { carryOut(&state, .removeClick($0)) } ?? []
    case .flipNearestClick: return nearestClick(state).map { carryOut(&state, .flipClick($0)) } ?? []
    case .pick(let tool): return pick(&state, tool)
    case .changeBrush(let steps):
      let index = brushSizes.lastIndex { $0 <= state.brushSize } ?? 0
      state.brushSize = brushSizes[(index + steps).clamped(to: 0...brushSizes.count - 1)]
      state.notice = Notice(kind: .information, text: "Brush \(state.brushSize) pixels")
      return []
    case .copyToNext: return copyToNext(&state)
    case .setClass(let name): return setClass(&state, name)
    case .drawAtCrosshair(let erases): return drawAtCrosshair(&state, erases: erases)
    case .dropSketch:
      state.sketch = nil
      return []
    }
  }

  /// Carries out a command on the open picture's document, or says why that cannot be.
  static func carryOut(_ state: inout State, _ command: DocumentCommand) -> [Effect] {
    guard state.loadingPath == nil, let view = state.view, var document = state.document else { return [] }
    document.classOfNew = state.classOfNew
    do throws(CommandProblem) {
      try document.carryOut(command, image: view.image)
    } catch {
      state.notice = Notice(kind: .warning, text: "\(error)".prefix(1).uppercased() + "\(error)".dropFirst())
      return []
    }
    state.document = document
    state.boxCorner = nil
    return requestMask(&state)
  }

  /// Has the mask changed elsewhere: some ways take longer than a frame.
  private static func operate(_ state: inout State, _ operation: MaskOperation) -> [Effect] {
    guard let view = state.view, let document = state.document, let object = document.selected,
      !document.isWaiting(object.id)
    else { return carryOut(&state, .operate(operation)) }
    return [
      .operate(
        OperationRequest(
          path: view.path, image: view.image, step: document.current, object: object.id, mask: object.mask,
          operation: operation))
    ]
  }

  static func operated(_ state: inout State, _ request: OperationRequest, _ mask: RunLengths) -> [Effect] {
    guard let document = state.documents[request.path], document.current == request.step else { return [] }
    let step = state.documents[request.path]?.changeObject(request.object, request.operation.rawValue) {
      $0.mask = mask
    }
    if step == nil {
      state.notice = Notice(kind: .warning, text: "\(request.operation.rawValue): there is nothing to do")
    }
    return []
  }

  /// The place among its object's clicks of the one that is nearest to the crosshair.
  private static func nearestClick(_ state: State) -> Int? {
    guard let place = state.view?.crosshair.position, let clicks = state.document?.prompts.clicks else {
      return nil
    }
    func square(_ index: Int) -> Double {
      let (dx, dy) = (clicks[index].x - place.x, clicks[index].y - place.y)
      return dx * dx + dy * dy
    }
    return clicks.indices.min { square($0) < square($1) }
  }

  /// Opens the next image; the object is added when its picture is there.
  private static func copyToNext(_ state: inout State) -> [Effect] {
    guard let object = state.document?.selected, state.files.hasNext else {
      state.notice = Notice(
        kind: .warning, text: state.files.hasNext ? "No object is selected" : "This is the last image")
      return []
    }
    state.carried = object
    return state.files.neighbour(1).map { openFile(&state, $0) } ?? []
  }

  /// Adds the object that was carried over to the picture that was opened.
  static func putDownCarried(_ state: inout State) {
    guard var object = state.carried, let document = state.document else { return }
    state.carried = nil
    guard object.mask.width == document.width, object.mask.height == document.height else {
      state.notice = Notice(kind: .warning, text: "This image has another size; the object was not copied")
      return
    }
    object.prompts = .init()
    state.document?.add([object], verb: "copy")
  }
}
