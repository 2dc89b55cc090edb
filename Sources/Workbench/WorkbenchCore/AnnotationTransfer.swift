import AnnotationFormats
import Annotations

/// What can be done about files of annotations, and what comes of it.
public enum AnnotationTransfer: Sendable {
  /// Write the objects of all images in a format.
  case export(format: String)
  /// Add the objects of a file to the open image.
  case importFile(format: String, path: String)

  // Reports.
  case exported(ExportRequest, AnnotationExport.Report)
  /// A file of the export is there already.
  case exportWouldOverwrite(ExportRequest, path: String)
  /// With how many annotations were passed over because they have no mask.
  case imported(ImportRequest, [AnnotatedObject], withoutMask: Int = 0)
  case failed(message: String)

  /// Whether this comes from an effect.
  var isReport: Bool {
    switch self {
    case .export, .importFile: false
    case .exported, .exportWouldOverwrite, .imported, .failed: true
    }
  }
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

/// A file whose objects are to be added to an image.
public struct ImportRequest: Equatable, Sendable {
  /// What the format is called.
  public var format: String
  /// The file or folder.
  public var source: String
  /// Path of the image, which names its document.
  public var image: String

  public init(format: String, source: String, image: String) {
    self.format = format
    self.source = source
    self.image = image
  }
}

/// Files of annotations to write or to read; both report back with an `AnnotationTransfer`.
public enum TransferEffect: Sendable {
  case export(ExportRequest)
  case importFile(ImportRequest)
}
