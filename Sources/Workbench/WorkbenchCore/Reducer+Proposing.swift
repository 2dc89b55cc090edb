import VisionTasks

/// First clicks that the program proposes.
extension Reducer {
  static func propose(_ state: inout State, _ action: Action) -> [Effect] {
    switch action {
    case .proposeClicks:
      guard let view = state.view, state.loadingPath == nil else { return [] }
      return [.propose(path: view.path, view.image)]
    case .proposed(let path, let clicks):
      // The user may have gone on, or clicked himself.
      guard path == state.view?.path, !state.hasPrompts else { return [] }
      guard !clicks.isEmpty else {
        state.notice = Notice(kind: .information, text: "Nothing stands out here; click the object")
        return []
      }
      return changePrompts(&state) { $0.setPrompts(ClickPrompts(clicks: clicks), verb: "propose") }
    case .proposalFailed(let path, let message):
      guard path == state.view?.path else { return [] }
      state.notice = Notice(kind: .error, text: message)
      return []
    default: return []
    }
  }
}
