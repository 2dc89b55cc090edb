import Annotations

/// Keeping what is done. The reducer asks for it after every action; frames wait until it is written, so that the screen
/// never shows what a kill could take.
extension Reducer {
  /// Asks to write what was done to the open picture, and to the one that an effect reported on.
  static func journalEffects(_ state: inout State, after action: Action) -> [Effect] {
    var paths = Set([state.view?.path].compactMap { $0 })
    if case .segmented(let report) = action { paths.insert(report.path) }
    if case .transfer(let transfer) = action, let path = transfer.changedImage { paths.insert(path) }
    return paths.sorted().flatMap { path -> [Effect] in
      guard state.documents[path]?.hasEntries == true,
        let entries = state.documents[path]?.takeEntries()
      else { return [] }
      state.journalRequests += 1
      // What could not be written before comes first.
      let request = JournalRequest(
        path: path, entries: (state.unwritten.removeValue(forKey: path) ?? []) + entries)
      return [.journal(request)] + recordDocument(&state, path)
    }
  }

  static func journalReported(_ state: inout State, _ action: Action) -> [Effect] {
    switch action {
    case .documentLoaded(let path, let document, let notice):
      // What is in memory has gone further than what was read, unless the image was replaced.
      if let known = state.documents[path], known.width == document.width, known.height == document.height {
        break
      }
      state.documents[path] = document
      if let notice { state.notice = Notice(kind: .warning, text: notice) }
    case .documentFailed(_, let message):
      state.notice = Notice(kind: .error, text: message)
    case .journaled:
      state.journalRequests -= 1
    case .journalFailed(let request, let message):
      state.journalRequests -= 1
      state.unwritten[request.path] = request.entries + (state.unwritten[request.path] ?? [])
      state.isQuitting = false
      state.notice = Notice(kind: .error, text: message)
    default: break
    }
    return []
  }
}
