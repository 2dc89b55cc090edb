import TerminalScreen

/// Which files the files pane shows: as many as fit, with the selected one among them. Nothing is asked of the others, so
/// that long lists scroll as short ones do.
public struct FilesWindow: Equatable, Sendable {
  /// A pane of fewer rows leaves its progress out.
  private static let leastHeightWithProgress = 6

  /// A narrower pane has no small pictures.
  private static let leastWidthWithThumbnails = 22

  /// Whether the progress of the work stands below the title.
  public let hasProgress: Bool
  /// The screen row of the first file.
  public let top: Int
  /// Places in the list of the files shown.
  public let range: Range<Int>
  /// The rows that each file takes.
  public let rowsPerFile: Int
  /// The columns of small pictures before the names; 0 for none.
  public let thumbnailColumns: Int
  private let files: FileList

  public init(state: State) {
    let pane = state.layout.files
    files = state.files
    hasProgress = state.project.hasProgress && pane.height >= Self.leastHeightWithProgress
    let rowsAbove = hasProgress ? 2 : 1
    top = pane.y + rowsAbove
    let hasThumbnails = state.thumbnails.isShown && pane.width >= Self.leastWidthWithThumbnails
    // Cells of few pixels need more of them for a picture.
    let isCoarse = state.layout.cell.height < 8
    rowsPerFile = hasThumbnails ? (isCoarse ? 5 : 3) : 1
    thumbnailColumns = hasThumbnails ? (isCoarse ? 12 : 8) : 0
    let count = files.count
    // A blank row keeps a full list apart from what is below it.
    let rowsBelow = state.layout.isWide || state.layout.hasGallery ? 0 : 1
    let rows = min(max(pane.height - rowsAbove - rowsBelow, 0) / rowsPerFile, count)
    let marked = state.focus == .files ? state.selectedFile : files.place(of: files.current)
    let first = (marked - rows / 2).clamped(to: 0...(count - rows))
    range = first..<(first + rows)
  }

  /// The index of the file in a row of the screen; nil when there is none.
  public func index(atRow row: Int) -> Int? {
    let place = range.lowerBound + (row - top) / rowsPerFile
    return row >= top && range.contains(place) ? files.index(at: place) : nil
  }
}
