import Annotations

extension CommandTable {
  /// The images as a piece of work.
  static let project: [Command] = [
    command(
      "finish", "done, next", "Mark the image as done and open the next untouched one", ["z"],
      .finish(.done), filesHint: 1),
    command(
      "skip", "skip, next", "Mark the image as left out and open the next untouched one", ["~"],
      .finish(.skipped), filesHint: 3),
    command("done", "done", "Mark the image as done, or no longer", ["!"], .mark(.done), filesHint: 4),
    command(
      "next-untouched", "next untouched", "Open the next image that nothing is marked on", ["}"],
      .openUntouched(backward: false)),
    command(
      "previous-untouched", "untouched back", "Open the previous image that nothing is marked on", ["{"],
      .openUntouched(backward: true)),
    Command(
      "thumbnails", "pictures", help: "Show small pictures of the files, or no longer", group: .files,
      contexts: everyPane, keys: ["5"], action: .toggleThumbnails),
    Command(
      "filter", "filter", help: "List only images of a status or with objects of a class", group: .files,
      contexts: everyPane, keys: ["/"], local: [.files: .init(hint: 1)], mouse: "left click",
      argument: Command.Argument(
        name: "WHICH", expected: "all, a status or the name of a class",
        completions: { filters($0).map(\.name) },
        action: { name, state in filters(state).first { $0.name == name }.map { .project(.filter($0)) } }),
      action: .find(.open(.palette, text: "filter "))),
  ]

  private static func filters(_ state: State) -> [Project.Filter] {
    let classes = Set(state.project.records.values.flatMap(\.classes)).union(
      state.project.classes.entries.map(\.name))
    return [.all] + ImageStatus.allCases.map { .status($0) } + classes.sorted().map { .ofClass($0) }
  }

  private static func command(
    _ id: String, _ title: String, _ help: String, _ keys: [String], _ action: ProjectAction,
    filesHint: Int? = nil
  ) -> Command {
    Command(
      id, title, help: help, group: .files, contexts: everyPane, keys: keys,
      local: filesHint.map { [.files: .init(hint: $0)] } ?? [:], availability: needsPicture,
      action: .project(action))
  }
}
