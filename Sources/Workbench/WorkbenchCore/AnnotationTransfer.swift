import AnnotationFormats
import Annotations

/// What can be done about files of annotations, and what comes of it.
public enum AnnotationTransfer: Sendable {
  /// Write the objects of all images in a format.
  case export(format: String)
  /// Add the objects of a file to the open image, or to all images that it is about.
  case importFile(format: String, path: String, toAll: Bool)

  // Reports.
  /// How far the export or import is.
  case progressed(TransferProgress)
  case exported(ExportRequest, AnnotationExport.Report)
  /// A file of the export is there already.
  case exportWouldOverwrite(ExportRequest, path: String)
  /// An import has objects for an image that was opened here.
  case importedTo(image: String, [AnnotatedObject])
  /// An import went wrong later, and what it added to an image that was opened here is to be undone.
  case importTakenBack(image: String)
  case imported(AnnotationImport.Report)
  case failed(message: String)

  /// Whether this comes from an effect.
  var isReport: Bool {
    switch self {
    case .export, .importFile: false
    case .progressed, .exported, .exportWouldOverwrite, .importedTo, .importTakenBack, .imported, .failed:
      true
    }
  }

  /// The image whose document this changes.
  var changedImage: String? {
    switch self {
    case .importedTo(let image, _), .importTakenBack(let image): image
    default: nil
    }
  }
}

/// How far an export or import is.
public struct TransferProgress: Equatable, Sendable {
  /// What is being done.
  public var verb: String
  /// How many parts of it are done, and of how many; 0 before that is known.
  public var done, count: Int

  public init(_ verb: String, done: Int = 0, count: Int = 0) {
    self.verb = verb
    self.done = done
    self.count = count
  }

  /// `import: writing 120/5000`.
  public var text: String { count == 0 ? "\(verb)…" : "\(verb) \(done)/\(count)" }
}

/// Images whose objects are to be written.
public struct ExportRequest: Equatable, Sendable {
  /// What the format is called.
  public var format: String
  /// Paths of the images.
  public var images: [String]
  /// Where the files go, and where the folder of journals stands; nil for beside each image.
  public var folder: String
  public var journalFolder: String?
  /// Whether files that exist may be replaced.
  public var mayOverwrite = false
}

/// A file whose objects are to be added to images.
public struct ImportRequest: Equatable, Sendable {
  /// What the format is called.
  public var format: String
  /// The file or folder.
  public var source: String
  /// Paths of the images, which name their documents.
  public var images: [String]
  /// Where the folder of journals stands; nil for beside each image.
  public var journalFolder: String?
}

/// Files of annotations to write or to read; both report back with an `AnnotationTransfer`.
public enum TransferEffect: Sendable {
  case export(ExportRequest)
  case importFile(ImportRequest)
}
