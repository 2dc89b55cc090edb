import Annotations

/// What an import does to a photo's document.
public enum ImportStep: Sendable {
  /// Makes sure that the next can be done.
  case check
  /// Adds the photo's objects.
  case add
  /// Undoes that.
  case takeBack
}

/// Keeps the documents of photos: in their journals, or as long as a program has them open, there.
public protocol DocumentKeeping {
  /// Does a step of an import to a photo's document and keeps it.
  ///
  /// - Returns: The document; nil where it is open in this program, which then does the step and keeps the record of it.
  /// - Throws: `FormatError`; the document is as it was.
  func apply(_ step: ImportStep, to photo: AnnotatedPhoto) throws(FormatError) -> Document?
}

/// The documents of photos that nothing has open.
public struct JournalDocuments: DocumentKeeping {
  private let folder: String?

  /// - Parameter folder: Where the folder of journals stands; nil for beside each photo.
  public init(folder: String?) { self.folder = folder }

  public func apply(_ step: ImportStep, to photo: AnnotatedPhoto) throws(FormatError) -> Document? {
    try FormatError.mapping {
      let journal = Journal(path: Journal.path(forImage: photo.photo.path, under: folder))
      defer { journal.close() }
      var document = try journal.open(image: photo.photo.name, width: photo.width, height: photo.height)
        .document
      switch step {
      case .check: break
      case .add: document.add(photo.objects, verb: AnnotationImport.verb)
      case .takeBack: document.undo()
      }
      try journal.append(document.takeEntries())
      return document
    }
  }
}
