/// How far the work on an image is.
public enum ImageStatus: String, Sendable, Codable, CaseIterable {
  /// Nothing is marked on it.
  case untouched
  /// Something is marked on it.
  case inProgress = "in progress"
  /// The user said that it is done.
  case done
  /// The user said that it is to be left out.
  case skipped

  /// The status of an image that bears no mark of the user's.
  public init(of document: Document?) {
    self = document?.hasObjects == true ? .inProgress : .untouched
  }
}

/// What a project knows of an image without reading its journal.
public struct ImageRecord: Sendable, Hashable {
  /// How far the work on it is.
  public var status: ImageStatus
  /// The classes of its objects, each once, by their names' order.
  public var classes: [String]

  /// Makes a record.
  public init(status: ImageStatus = .untouched, classes: [String] = []) {
    self.status = status
    self.classes = classes
  }

  /// Takes what the image's document says; that the user called it done or skipped stays.
  public mutating func update(from document: Document) {
    classes = document.classNames
    if status != .done, status != .skipped { status = ImageStatus(of: document) }
  }
}
