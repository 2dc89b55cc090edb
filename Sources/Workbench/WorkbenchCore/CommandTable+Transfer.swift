import AnnotationFormats

extension CommandTable {
  /// Annotations in the formats of other programs.
  static let transferring: [Command] = [
    Command(
      "export", "export", help: "Write the objects of all images in a format that other programs read",
      group: .files,
      contexts: everyPane, keys: ["ctrl-e"],
      availability: { .when(!$0.files.paths.isEmpty, else: "there are no images") },
      argument: Command.Argument(
        name: "FORMAT", expected: "one of \(formatNames)",
        completions: { _ in AnnotationFormat.all.map(\.id) },
        action: { name, _ in AnnotationFormat.named(name).map { .transfer(.export(format: $0.id)) } }),
      action: .find(.open(.palette, text: "export "))),
    Command(
      "import", "import", help: "Add the objects of another program's file to the open image", group: .files,
      contexts: everyPane, keys: ["ctrl-f"], availability: needsPicture,
      argument: Command.Argument(
        name: "FORMAT FILE", expected: "one of \(formatNames) and a file",
        completions: { _ in AnnotationFormat.all.map { "\($0.id) " } },
        action: { text, _ in importAction(text) }),
      action: .find(.open(.palette, text: "import "))),
  ]

  private static let formatNames = AnnotationFormat.all.map(\.id).joined(separator: ", ")

  private static func importAction(_ text: String) -> Action? {
    let words = text.split(separator: " ", maxSplits: 1)
    guard words.count == 2, let format = AnnotationFormat.named(String(words[0])) else { return nil }
    return .transfer(.importFile(format: format.id, path: String(words[1])))
  }
}
