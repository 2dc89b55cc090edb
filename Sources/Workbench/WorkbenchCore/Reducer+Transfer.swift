import AnnotationFormats
import Annotations

/// Exports and imports.
extension Reducer {
  static func transfer(_ state: inout State, _ action: AnnotationTransfer) -> [Effect] {
    switch action {
    case .export(let format):
      return [
        .transfer(
          .export(
            ExportRequest(
              format: format, images: state.files.paths,
              folder: state.destination.folder(ofExport: format, state),
              journalFolder: state.destination.journalFolder)))
      ]
    case .importFile(let format, let source):
      guard state.loadingPath == nil, let image = state.view?.path else { return [] }
      return [.transfer(.importFile(ImportRequest(format: format, source: source, image: image)))]
    case .exported(let request, let report):
      let text = report.lines.joined(separator: "; ")
      state.notice = Notice(
        kind: report.losses.isNone ? .information : .warning, text: "\(text): \(request.folder)")
    case .exportWouldOverwrite(let request, let path):
      state.question = .replaceExport(request, path: path)
    case .imported(let request, let objects, let withoutMask):
      guard let document = state.documents[request.image],
        objects.allSatisfy({ $0.mask.width == document.width && $0.mask.height == document.height })
      else {
        state.notice = Notice(
          kind: .error, text: "\(request.image) has another size now; nothing was imported")
        return []
      }
      state.documents[request.image]?.add(objects, verb: AnnotationImport.verb)
      let count = objects.count == 1 ? "1 object" : "\(objects.count) objects"
      let rest = withoutMask == 0 ? "" : "; \(withoutMask) without a mask left out"
      state.notice = Notice(
        kind: withoutMask == 0 ? .information : .warning,
        text: "Imported \(count) from \(request.source)\(rest)")
    case .failed(let message):
      state.notice = Notice(kind: .error, text: message)
    }
    return []
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
