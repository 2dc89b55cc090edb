import Annotations
import VisionTasks

/// Portraits and faces.
extension Reducer {
  static func changePeople(_ state: inout State, _ action: PeopleAction) -> [Effect] {
    switch action {
    case .togglePortrait: return togglePortrait(&state)
    case .nextFaceView: return nextFaceView(&state)
    case .nextFace:
      state.people.selectedFace += 1
      if let count = state.faces?.parsing.faces.count, count > 0 {
        state.people.selectedFace %= count
        say("face \(state.people.selectedFace + 1) of \(count)", &state)
      }
    case .selectPart(let part, let toggles):
      setFocus(&state, .layers)
      state.people.selectedPart = part.clamped(to: 1...People.partCount - 1)
      if toggles { toggleSelectedPart(&state) }
    case .toggleSelectedPart: toggleSelectedPart(&state)
    case .toggleOnlySelectedPart:
      let part = FacePart.allCases[state.people.selectedPart]
      state.people.onlyPart = state.people.onlyPart == part ? nil : part
    case .keepAsObjects: return keepAsObjects(&state)
    case .portraitFound(let path, let portrait, let layers): portraitFound(&state, path, portrait, layers)
    case .facesFound(let path, let faces): facesFound(&state, path, faces)
    case .failed(let path, let message):
      if state.people.running?.path == path { state.people.running = nil }
      state.people.view = nil
      takePartsAway(&state)
      state.notice = Notice(kind: .error, text: message)
    }
    return []
  }

  private static func toggleSelectedPart(_ state: inout State) {
    state.people.onlyPart = nil
    let part = FacePart.allCases[state.people.selectedPart]
    if state.people.hiddenParts.remove(part) == nil { state.people.hiddenParts.insert(part) }
  }

  private static func togglePortrait(_ state: inout State) -> [Effect] {
    guard let view = state.view else { return [] }
    state.people.view = state.peopleView == .portrait ? nil : .portrait
    guard state.people.view != nil, state.portrait == nil else { return [] }
    return look(for: .portrait, in: view, &state)
  }

  private static func nextFaceView(_ state: inout State) -> [Effect] {
    guard let view = state.view else { return [] }
    if state.people.view == nil { makeRoomForParts(&state) }
    guard let faces = state.faces else {
      state.people.view = .parts
      return look(for: .faces, in: view, &state)
    }
    guard !faces.parsing.faces.isEmpty else {
      state.people.view = nil
      takePartsAway(&state)
      say("no face found", kind: .warning, &state)
      return []
    }
    let order: [People.View] = [.parts, .uncertainty, .map]
    let place = state.peopleView.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    state.people.view = place < order.count ? order[place] : nil
    if state.people.view == nil { takePartsAway(&state) }
    say("Faces: \(state.people.view?.rawValue ?? "hidden")", &state)
    return []
  }

  /// Lists parts of faces in place of objects or history.
  private static func makeRoomForParts(_ state: inout State) {
    guard state.lower != .layers else { return }
    state.people.paneBeforeParts = state.lower
    if state.focus == state.lower { state.focus = .layers }
    state.lower = .layers
  }

  /// Lists again what the parts took the place of, unless the user has turned to another pane since.
  private static func takePartsAway(_ state: inout State) {
    defer { state.people.paneBeforeParts = nil }
    guard let pane = state.people.paneBeforeParts, state.lower == .layers else { return }
    if state.focus == .layers { state.focus = pane }
    state.lower = pane
  }

  private static func look(
    for kind: PeopleRequest.Kind, in view: PictureView, _ state: inout State
  ) -> [Effect] {
    let request = PeopleRequest(kind: kind, path: view.path, image: view.image)
    // The same request need not be made twice.
    if let running = state.people.running, running.path == view.path, running.kind == kind { return [] }
    state.people.running = request
    return [.findPeople(request)]
  }

  private static func portraitFound(
    _ state: inout State, _ path: String, _ portrait: People.Portrait, _ layers: LayerTable?
  ) {
    state.people.portraits[path] = portrait
    finish(.portrait, path, &state)
    guard state.view?.path == path, state.people.view == .portrait else { return }
    state.latency = LatencySplit(portrait.matte.latency)
    if let layers {
      state.layers = layers
      state.layerHistory.record(layers)
      state.selectedLayer = state.selectedLayer.clamped(to: 0...max(0, layers.rows.count - 1))
    }
    if !portrait.matte.hasPerson { say("no person found", kind: .warning, &state) }
  }

  private static func facesFound(_ state: inout State, _ path: String, _ faces: People.Faces) {
    state.people.faces[path] = faces
    state.people.selectedFace = 0
    finish(.faces, path, &state)
    guard state.view?.path == path, state.people.view != nil else { return }
    let count = faces.parsing.faces.count
    guard count > 0 else {
      state.people.view = nil
      takePartsAway(&state)
      return say("no face found", kind: .warning, &state)
    }
    let time = Int(faces.parsing.latency.total.rounded())
    say("\(count) \(count == 1 ? "face" : "faces"), \(time) ms", &state)
  }

  /// Adds the person, or the parts that are drawn, above the objects there are.
  private static func keepAsObjects(_ state: inout State) -> [Effect] {
    let objects: [AnnotatedObject]
    if state.peopleView == .portrait {
      objects = state.portrait?.objects ?? []
    } else {
      let shown = Set(FacePart.allCases.filter(state.people.isShown).map(\.name))
      objects = (state.faces?.objects ?? []).filter { shown.contains($0.className ?? "") }
    }
    guard !objects.isEmpty else {
      say("nothing to keep", kind: .warning, &state)
      return []
    }
    state.people.view = nil
    takePartsAway(&state)
    say("\(objects.count) \(objects.count == 1 ? "object" : "objects") kept", &state)
    return changePrompts(&state) { $0.change("keep-people") { $0 += objects } }
  }

  private static func finish(_ kind: PeopleRequest.Kind, _ path: String, _ state: inout State) {
    state.people.revision += 1
    if state.people.running?.path == path && state.people.running?.kind == kind { state.people.running = nil }
  }

  private static func say(_ text: String, kind: Notice.Kind = .information, _ state: inout State) {
    state.notice = Notice(kind: kind, text: text)
  }
}
