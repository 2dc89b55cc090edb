import AnnotationFormats
import Annotations

/// Exports and imports.
extension Reducer {
  static func transfer(_ state: inout State, _ action: AnnotationTransfer) -> [Effect] {
    switch action {
    case .export(let format):
      return start(
        .export(
          ExportRequest(
            format: format, images: state.files.paths,
            folder: state.destination.folder(ofExport: format, state),
            journalFolder: state.destination.journalFolder)), &state)
    case .importFile(let format, let source, let toAll):
      let open = state.loadingPath == nil ? state.view?.path : nil
      let images = toAll ? state.files.paths : [open].compactMap { $0 }
      guard !images.isEmpty else { return [] }
      return start(
        .importFile(
          ImportRequest(
            format: format, source: source, images: images, journalFolder: state.destination.journalFolder)),
        &state)
    case .progressed(let progress):
      state.transfer = progress
      return []
    case .importedTo, .importTakenBack: return changeImported(&state, action)
    case .exported, .exportWouldOverwrite, .imported, .failed: return end(&state, action)
    }
  }

  /// Begins an export or import, of which there is one at a time.
  static func start(_ effect: TransferEffect, _ state: inout State) -> [Effect] {
    switch effect {
    case .export: state.transfer = TransferProgress("export")
    case .importFile: state.transfer = TransferProgress("import")
    }
    return [.transfer(effect)]
  }

  private static func end(_ state: inout State, _ action: AnnotationTransfer) -> [Effect] {
    state.transfer = nil
    switch action {
    case .exported(let request, let report):
      let text = report.lines.joined(separator: "; ")
      state.notice = Notice(
        kind: report.losses.isNone ? .information : .warning, text: "\(text): \(request.folder)")
    case .exportWouldOverwrite(let request, let path):
      state.isQuitting = false
      state.question = .replaceExport(request, path: path)
    case .imported(let report):
      state.notice = Notice(
        kind: report.isComplete ? .information : .warning, text: report.lines.joined(separator: "; "))
      return takeRecords(&state, report.records)
    case .failed(let message):
      state.isQuitting = false
      state.notice = Notice(kind: .error, text: message)
    default: break
    }
    return []
  }

  /// Adds what an import has for an image to its document here, or undoes that.
  private static func changeImported(_ state: inout State, _ action: AnnotationTransfer) -> [Effect] {
    guard let path = action.changedImage, let document = state.documents[path] else { return [] }
    if case .importedTo(_, let objects) = action {
      guard objects.allSatisfy({ $0.mask.width == document.width && $0.mask.height == document.height })
      else {
        state.notice = Notice(
          kind: .error, text: "\(path) has another size now; nothing was imported for it")
        return []
      }
      state.documents[path]?.add(objects, verb: AnnotationImport.verb)
    } else if document.step.verb == AnnotationImport.verb {
      state.documents[path]?.undo()
    }
    return path == state.view?.path ? requestMask(&state) : []
  }

  /// Takes what an import made known of images, but for those that were opened since, whose documents say more.
  private static func takeRecords(_ state: inout State, _ records: [String: ImageRecord]) -> [Effect] {
    var effects: [Effect] = []
    for (path, record) in records.sorted(by: { $0.key < $1.key }) {
      if state.documents[path] == nil {
        state.project.set(record, for: path)
      } else {
        effects += recordDocument(&state, path)
      }
    }
    refreshList(&state)
    return effects
  }
}

extension MaskDestination {
  /// The folder that the files of an export go to: one of its own beside the image that is open, or where masks go.
  func folder(ofExport format: String, _ state: State) -> String {
    let image = state.view?.path ?? state.files.currentPath ?? ""
    let mask = path(forImage: image)
    let parent = mask.lastIndex(of: "/").map { String(mask[...$0]) } ?? ""
    return "\(parent)export-\(format)"
  }
}
