import TerminalScreen

/// Which files the files pane shows: as many as fit, with the selected one among them.
public struct FilesWindow: Equatable, Sendable {
  /// Rows of the pane above the list, for its title.
  public static let titleRows = 1

  /// The screen row of the first file.
  public let top: Int
  /// Indices of the files shown.
  public let range: Range<Int>

  public init(state: State) {
    let pane = state.layout.files
    top = pane.y + Self.titleRows
    let count = state.files.paths.count
    let rows = min(max(pane.height - Self.titleRows, 0), count)
    let marked = state.focus == .files ? state.selectedFile : state.files.current
    let first = (marked - rows / 2).clamped(to: 0...(count - rows))
    range = first..<(first + rows)
  }

  /// The file in a row of the screen; nil when there is none.
  public func index(atRow row: Int) -> Int? {
    let index = range.lowerBound + row - top
    return row >= top && range.contains(index) ? index : nil
  }
}
