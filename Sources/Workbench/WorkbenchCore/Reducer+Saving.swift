import Annotations

/// Saving masks, answering questions and leaving.
extension Reducer {
  static func save(_ state: inout State) -> [Effect] {
    guard let view = state.view, state.hasObjects else { return [] }
    state.waitingSaves.insert(view.path)
    let effects = saveIfWaiting(&state, view.path)
    if effects.isEmpty, !state.isSegmenting {
      state.waitingSaves.remove(view.path)
      state.notice = Notice(kind: .error, text: "There is no mask to save; the model gave none")
    }
    return effects
  }

  /// Carries out the save that waits for an image's mask, if the mask is there.
  static func saveIfWaiting(_ state: inout State, _ path: String) -> [Effect] {
    guard state.waitingSaves.contains(path), let document = state.documents[path] else { return [] }
    guard let mask = document.maskToSave else {
      state.waitingSaves.remove(path)
      return []
    }
    guard document.openQuestions.isEmpty else { return [] }
    state.waitingSaves.remove(path)
    state.pendingSaves[path] = document.step.id
    return [
      .save(
        SaveRequest(
          path: state.destination.path(forImage: path), mask: mask, image: path,
          step: document.step.id))
    ]
  }

  static func saveReported(_ state: inout State, _ action: Action) -> [Effect] {
    func endSave(_ request: SaveRequest) {
      // A later save of the same image goes on.
      if state.pendingSaves[request.image] == request.step { state.pendingSaves[request.image] = nil }
    }
    switch action {
    case .saved(let request):
      endSave(request)
      state.documents[request.image]?.markSaved(request.step)
      state.notice = Notice(kind: .information, text: "Saved \(request.path)")
    case .saveWouldOverwrite(let request):
      endSave(request)
      state.isQuitting = false
      state.question = .overwrite(request)
    case .saveFailed(let request, let message):
      endSave(request)
      state.isQuitting = false
      state.notice = Notice(kind: .error, text: message)
    default: break
    }
    return []
  }

  static func answer(_ state: inout State, isYes: Bool) -> [Effect] {
    guard let question = state.question else { return [] }
    state.question = nil
    switch question {
    case .overwrite(var request):
      guard isYes else {
        state.notice = Notice(kind: .information, text: "Not saved")
        return []
      }
      request.mayOverwrite = true
      state.pendingSaves[request.image] = request.step
      return [.save(request)]
    case .replaceExport(var request, _):
      guard isYes else {
        state.notice = Notice(kind: .information, text: "Not exported")
        return []
      }
      request.mayOverwrite = true
      return start(.export(request), &state)
    case .quit:
      state.isQuitting = isYes
      return []
    }
  }

  static func quit(_ state: inout State) -> [Effect] {
    let unkept = state.unwritten.count
    if unkept > 0 {
      state.question = .quit(unkept: unkept)
    } else {
      state.isQuitting = true
      if let transfer = state.transfer {
        state.notice = Notice(kind: .information, text: "Leaving when this is done: \(transfer.text)")
      }
    }
    return []
  }
}

extension Document {
  /// The mask to write: that of the selected object, or without one of all objects together; nil for none.
  fileprivate var maskToSave: RunLengths? {
    if let selected { return selected.mask }
    let masks = objects.map(\.mask)
    return masks.first.map { masks.dropFirst().reduce($0) { $0.union($1) } }
  }
}
