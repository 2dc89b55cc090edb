import Annotations

/// The images as a piece of work.
extension Reducer {
  static func changeProject(_ state: inout State, _ action: ProjectAction) -> [Effect] {
    switch action {
    case .mark(let status): return mark(&state, status)
    case .finish(let status):
      let isMarked = state.view.map { state.project.record(of: $0.path).status == status } ?? true
      return (isMarked ? [] : mark(&state, status)) + openUntouched(&state, backward: false)
    case .openUntouched(let backward): return openUntouched(&state, backward: backward)
    case .filter(let filter):
      state.project.filter = filter
      refreshList(&state)
      state.selectedFile = state.files.place(of: state.files.current)
      let count = state.files.paths.count { state.project.matches($0) }
      say("\(filter.name): \(count) of \(state.files.paths.count) images", &state)
      return []
    default: return projectReported(&state, action)
    }
  }

  private static func projectReported(_ state: inout State, _ action: ProjectAction) -> [Effect] {
    switch action {
    case .listed(let paths):
      state.project.isListing = false
      state.files = FileList(paths: paths)
      state.selectedFile = 0
      return state.loadingPath == nil && state.view == nil ? openFile(&state, 0) : []
    case .listingFailed(let message):
      state.project.isListing = false
      state.failure = message
    case .recordsRead(let records):
      state.project.add(records)
      refreshList(&state)
    case .recordsFailed(let message): state.notice = Notice(kind: .error, text: message)
    case .recorded: state.journalRequests -= 1
    case .recordFailed(_, let message):
      state.journalRequests -= 1
      state.notice = Notice(kind: .error, text: message)
    default: break
    }
    return []
  }

  private static func mark(_ state: inout State, _ status: ImageStatus) -> [Effect] {
    guard let path = state.view?.path else { return [] }
    var record = state.project.record(of: path)
    record.status = record.status == status ? ImageStatus(of: state.documents[path]) : status
    say(record.status.rawValue.prefix(1).uppercased() + record.status.rawValue.dropFirst(), &state)
    return keep(&state, record, path)
  }

  /// Opens the nearest untouched image in a direction, beginning anew at the other end.
  private static func openUntouched(_ state: inout State, backward: Bool) -> [Effect] {
    let (count, current) = (state.files.paths.count, state.files.current)
    let places = (1..<max(count, 1)).lazy.map { (current + (backward ? count - $0 : $0)) % count }
    guard
      let next = places.first(where: { state.project.record(of: state.files.paths[$0]).status == .untouched })
    else {
      say("No other image is untouched", &state)
      return []
    }
    return openFile(&state, next)
  }

  /// Keeps what an image's document says of it, where that is news.
  static func recordDocument(_ state: inout State, _ path: String) -> [Effect] {
    guard let document = state.documents[path] else { return [] }
    var record = state.project.record(of: path)
    record.update(from: document)
    return keep(&state, record, path)
  }

  private static func keep(_ state: inout State, _ record: ImageRecord, _ path: String) -> [Effect] {
    guard record != state.project.record(of: path) else { return [] }
    state.project.set(record, for: path)
    refreshList(&state)
    // The screen waits as for a journal.
    state.journalRequests += 1
    return [.record(RecordRequest(path: path, record: record))]
  }

  /// Lists what the filter leaves, and the open image, so that it does not vanish while it is worked on.
  static func refreshList(_ state: inout State) {
    guard state.project.filter != .all else {
      state.files.show(nil)
      return
    }
    let (project, current) = (state.project, state.files.current)
    state.files.show(
      state.files.paths.indices.filter { $0 == current || project.matches(state.files.paths[$0]) })
    state.selectedFile = state.selectedFile.clamped(to: 0...max(0, state.files.count - 1))
  }

  private static func say(_ text: String, _ state: inout State) {
    state.notice = Notice(kind: .information, text: text)
  }
}
