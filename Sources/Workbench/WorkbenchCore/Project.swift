import Annotations

/// The images as a piece of work: their classes, how far the work on each is, and which of them are listed.
public struct Project: Sendable {
  /// Which images the files pane lists.
  public enum Filter: Hashable, Sendable {
    case all
    case status(ImageStatus)
    case ofClass(String)

    /// What it is called.
    public var name: String {
      switch self {
      case .all: "all"
      case .status(let status): status.rawValue
      case .ofClass(let name): name
      }
    }
  }

  /// The classes that objects can have.
  public let classes: ClassList
  public internal(set) var filter = Filter.all
  /// What is known of images that were worked on, by their paths.
  public internal(set) var records: [String: ImageRecord] = [:]
  /// How many images are of each status but untouched.
  public internal(set) var counts: [ImageStatus: Int] = [:]
  /// Whether the folders are still being read.
  public internal(set) var isListing = false

  init(classes: ClassList) { self.classes = classes }

  /// What is known of an image.
  public func record(of path: String) -> ImageRecord { records[path] ?? ImageRecord() }

  /// How many images are done or left out.
  public var finishedCount: Int { counts[.done, default: 0] + counts[.skipped, default: 0] }

  /// Whether the work goes image by image, so that its progress is of interest.
  public var hasProgress: Bool { !classes.isEmpty || finishedCount > 0 }

  /// Whether the filter leaves an image in the list.
  func matches(_ path: String) -> Bool {
    switch filter {
    case .all: true
    case .status(let status): record(of: path).status == status
    case .ofClass(let name): record(of: path).classes.contains(name)
    }
  }

  /// Takes what is known of an image from here on.
  mutating func set(_ record: ImageRecord, for path: String) {
    counts[self.record(of: path).status, default: 0] -= 1
    counts[record.status, default: 0] += 1
    records[path] = record
  }

  /// Takes what files say of the images in the list; what is known already is newer.
  mutating func add(_ found: [String: ImageRecord]) {
    records.merge(found) { known, _ in known }
    counts = records.values.reduce(into: [:]) { $0[$1.status, default: 0] += 1 }
  }
}

/// What is done about the images as a piece of work, and what effects report of it.
public enum ProjectAction: Sendable {
  /// Marks the open image as done or skipped; again takes the mark away.
  case mark(ImageStatus)
  /// Marks the open image and opens the next untouched one.
  case finish(ImageStatus)
  /// Opens the next or the previous untouched image.
  case openUntouched(backward: Bool)
  case filter(Project.Filter)

  /// The images that the command line means.
  case listed([String])
  case listingFailed(message: String)
  /// What is known of the images, by their paths.
  case recordsRead([String: ImageRecord])
  case recordsFailed(message: String)
  case recorded(RecordRequest)
  case recordFailed(RecordRequest, message: String)

  /// Whether this comes from an effect and not from the user.
  var isReport: Bool {
    switch self {
    case .mark, .finish, .openUntouched, .filter: false
    case .listed, .listingFailed, .recordsRead, .recordsFailed, .recorded, .recordFailed: true
    }
  }
}

/// What is to be kept about an image.
public struct RecordRequest: Equatable, Sendable {
  /// Path of the image.
  public var path: String
  public var record: ImageRecord

  public init(path: String, record: ImageRecord) {
    self.path = path
    self.record = record
  }
}
