import Images
import TerminalScreen

/// Small pictures of the files that are in sight.
public struct Thumbnails: Sendable {
  /// The largest size of one, in pixels.
  public static let size = PixelSize(width: 96, height: 72)
  /// How many are kept; those seen last go last.
  static let limit = 256

  /// Whether the files pane shows them.
  public internal(set) var isShown = false
  /// Counts those that came, so that a drawing of them can be kept until the next.
  public private(set) var revision = 0
  /// Those made so far, by path; nil for files that show no picture.
  private var pictures: [String: Image?] = [:]
  /// The paths in the order in which they came.
  private var order: [String] = []
  /// What was asked for last.
  var requested: [String] = []

  /// The small picture of a file; nil while there is none.
  public func picture(of path: String) -> Image? { pictures[path] ?? nil }

  /// Whether a file's picture was made, or cannot be.
  func isKnown(_ path: String) -> Bool { pictures.keys.contains(path) }

  /// How many are kept.
  var count: Int { pictures.count }

  mutating func add(_ picture: Image?, for path: String) {
    revision += 1
    if pictures.updateValue(picture, forKey: path) == nil { order.append(path) }
    while order.count > Self.limit { pictures[order.removeFirst()] = nil }
  }
}

extension Reducer {
  /// Asks for the small pictures of the files in sight that are not known; nothing is asked of others.
  static func thumbnailEffects(_ state: inout State) -> [Effect] {
    guard state.thumbnails.isShown else { return [] }
    let files = state.files
    let wanted = FilesWindow(state: state).range.map { files.paths[files.index(at: $0)] }
      .filter { !state.thumbnails.isKnown($0) }
    guard wanted != state.thumbnails.requested else { return [] }
    state.thumbnails.requested = wanted
    return wanted.isEmpty ? [] : [.makeThumbnails(paths: wanted)]
  }

  /// Gives the files the whole column at the right and their pictures, or takes both away.
  static func toggleThumbnails(_ state: inout State) -> [Effect] {
    state.thumbnails.isShown.toggle()
    setFocus(&state, state.thumbnails.isShown ? .files : state.focus)
    return []
  }
}
