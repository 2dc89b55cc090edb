import Annotations

/// A way to keep annotations in files: one row of the table of formats.
///
///     let format = AnnotationFormat.named("coco")
///     var writer = format.makeWriter(ExportOptions())
///     let files = try writer.add(photo) + writer.finish()
///     let imported = try format.read("instances.json", PhotoIndex(["photos/cat.jpg"]))
public struct AnnotationFormat: Sendable {
  /// What commands call it.
  public let id: String
  /// Its name in full.
  public let title: String
  /// What is imported: a file, or a folder of what.
  public let source: String
  /// Makes a writer.
  public let makeWriter: @Sendable (ExportOptions) -> any AnnotationWriter
  let reader:
    @Sendable (_ path: String, PhotoIndex, ReadingProgress) throws(FormatError) -> ImportedAnnotations

  /// All formats.
  public static let all: [AnnotationFormat] = [
    .coco, .labelMe, .yolo, .voc, .pngMasks, .vignette,
  ]

  /// Reads all that a file or folder says about some photos, or throws.
  public func read(
    _ path: String, _ photos: PhotoIndex, progress: ReadingProgress = { _, _ in }
  ) throws(FormatError) -> ImportedAnnotations {
    try reader(path, photos, progress)
  }

  /// The format that commands call so; nil for none.
  public static func named(_ id: String) -> AnnotationFormat? { all.first { $0.id == id } }
}

/// Is told how many parts of a file or folder are read, and of how many.
public typealias ReadingProgress = (_ done: Int, _ of: Int) -> Void

/// How annotations are written.
public struct ExportOptions: Sendable {
  /// The names of classes in the order of their numbers; others get the numbers after these.
  public var classNames: [String]
  /// How far polygons may be from the outlines of masks, in pixels; 0 keeps the outlines. Nil lets a format that has
  /// something better than polygons use that.
  public var tolerance: Double?
  /// The folder that the files go to.
  public var folder: String

  /// Makes options.
  public init(classNames: [String] = [], tolerance: Double? = nil, folder: String = ".") {
    self.classNames = classNames
    self.tolerance = tolerance
    self.folder = folder
  }
}

/// Makes the files of a format, a photo after the other.
public protocol AnnotationWriter {
  /// What the files do not hold of the masks so far.
  var losses: ExportLosses { get }

  /// Takes the objects of a photo and returns the files that are complete with it.
  ///
  /// - Throws: `FormatError.unwritable` for what the format cannot hold.
  mutating func add(_ photo: AnnotatedPhoto) throws(FormatError) -> [OutputFile]

  /// Returns the files that are complete after the last photo.
  mutating func finish() throws(FormatError) -> [OutputFile]
}

/// A file to write.
public struct OutputFile: Sendable, Equatable {
  /// Its path below the folder of the export.
  public var path: String
  /// What it holds.
  public var bytes: [UInt8]

  /// Makes a file.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A photo with its objects.
public struct AnnotatedPhoto: Sendable, Equatable {
  /// The photo.
  public var photo: Photo
  /// Its columns and rows.
  public var width, height: Int
  /// From the lowest to the topmost; their masks have the photo's size.
  public var objects: [AnnotatedObject]

  /// Makes a photo with objects.
  public init(photo: Photo, width: Int, height: Int, objects: [AnnotatedObject]) {
    self.photo = photo
    self.width = width
    self.height = height
    self.objects = objects
  }
}

/// What a file said about photos.
public struct ImportedAnnotations: Sendable, Equatable {
  /// The photos that it has objects for.
  public var photos: [AnnotatedPhoto]
  /// The names of other photos that it is about.
  public var strangers: [String]
  /// Annotations of the photos that were passed over because they have neither a mask nor a box.
  public var withoutMask: Int

  /// Makes what was read.
  public init(photos: [AnnotatedPhoto] = [], strangers: [String] = [], withoutMask: Int = 0) {
    self.photos = photos
    self.withoutMask = withoutMask
    self.strangers = strangers
  }
}

/// What exported files do not hold of the masks.
public struct ExportLosses: Sendable, Equatable, Codable {
  /// Objects that were left out because they have no pixels.
  public var emptyObjects = 0
  /// Pixels of objects that are under other objects, where a format has one object to a pixel.
  public var coveredPixels = 0
  /// The greatest distance of a polygon from its mask's outline, in pixels.
  public var greatestDistance = 0.0
  /// Pixels that polygons add to masks or take from them.
  public var changedPixels = 0

  /// Makes no losses.
  public init() {}

  /// Whether nothing is lost.
  public var isNone: Bool { self == ExportLosses() }

  /// Adds what a polygon loses.
  mutating func add(_ polygons: SimplifiedOutlines) {
    greatestDistance = max(greatestDistance, polygons.greatestDistance)
    changedPixels += polygons.changedPixels
  }
}
