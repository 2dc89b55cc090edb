import AnnotationFormats

extension CommandTable {
  /// Annotations in the formats of other programs.
  static let transferring: [Command] = [
    Command(
      "export", "export", help: "Write the objects of all images in a format that other programs read",
      group: .files,
      contexts: everyPane, keys: ["ctrl-e"], availability: needsImages,
      argument: Command.Argument(
        name: "FORMAT", expected: "one of \(formatNames)",
        completions: { _ in AnnotationFormat.all.map(\.id) },
        action: { name, _ in AnnotationFormat.named(name).map { .transfer(.export(format: $0.id)) } }),
      action: .find(.open(.palette, text: "export "))),
    importing(
      "import", "import", "Add the objects of another program's file to the open image", "ctrl-f",
      toAll: false),
    importing(
      "import-all", "import for all",
      "Add the objects of another program's file to all images that it is about", "ctrl-g", toAll: true),
  ]

  private static let formatNames = AnnotationFormat.all.map(\.id).joined(separator: ", ")

  private static func importing(
    _ id: String, _ title: String, _ help: String, _ key: String, toAll: Bool
  ) -> Command {
    Command(
      id, title, help: help, group: .files, contexts: everyPane, keys: [key],
      availability: { state in
        let missing = toAll ? needsImages(state) : needsPicture(state)
        return missing == .available ? needsNoTransfer(state) : missing
      },
      argument: Command.Argument(
        name: "FORMAT FILE", expected: "\(formatNames), and a file",
        completions: { _ in AnnotationFormat.all.map { "\($0.id) " } },
        path: { formatAndPath($0)?.path.startIndex },
        action: { text, _ in
          guard let (format, path) = formatAndPath(text), !path.isEmpty else { return nil }
          return .transfer(.importFile(format: format.id, path: String(path), toAll: toAll))
        }),
      action: .find(.open(.palette, text: "\(id) ")))
  }

  /// A format and all that follows the space behind it.
  private static func formatAndPath(_ text: String) -> (format: AnnotationFormat, path: Substring)? {
    let words = text.drop { $0 == " " }
    guard let space = words.firstIndex(of: " "), let format = AnnotationFormat.named(String(words[..<space]))
    else { return nil }
    return (format, words[words.index(after: space)...])
  }

  @Sendable private static func needsImages(_ state: State) -> Command.Availability {
    state.files.paths.isEmpty ? .unavailable("there are no images") : needsNoTransfer(state)
  }

  private static func needsNoTransfer(_ state: State) -> Command.Availability {
    .when(state.transfer == nil, else: "another export or import is still running")
  }
}
