import Annotations
import Foundation
import Images

// A PNG picture for each object, 255 inside and 0 outside: `PHOTO/001-CLASS.png` in a folder of the photo's name, from
// the lowest object to the topmost.
extension AnnotationFormat {
  static let pngMasks = AnnotationFormat(
    id: "png", title: "a binary PNG per object",
    source: "a PNG picture, a folder of them with the photo's name, or the folder of such folders",
    makeWriter: { PNGMasksWriter($0) },
    reader: { path, photos, progress throws(FormatError) in try PNGMasksReader.read(path, photos, progress) })
}

private struct PNGMasksWriter: AnnotationWriter {
  /// The bytes that a name of a file may have on all usual file systems.
  static let nameByteLimit = 255

  private(set) var losses = ExportLosses()

  init(_ options: ExportOptions) {}

  mutating func add(_ photo: AnnotatedPhoto) throws(FormatError) -> [OutputFile] {
    var files: [OutputFile] = []
    for object in photo.objects {
      guard !object.mask.isEmpty else {
        losses.emptyObjects += 1
        continue
      }
      let number = "\(files.count + 1)"
      var name = String(repeating: "0", count: max(3 - number.count, 0)) + number
      if let className = object.className { name += "-" + EscapedName.escaped(className, also: "/") }
      name += ".png"
      guard name.utf8.count <= Self.nameByteLimit else {
        throw .unwritable(
          photo: photo.photo.path,
          reason: "has a class whose name is too long for a file's; export it as vignette")
      }
      let bounds = PixelRect(x: 0, y: 0, width: photo.width, height: photo.height)
      let bytes = try FormatError.mapping { try NumberedImage(object.mask, in: bounds, inside: 255).png() }
      files.append(OutputFile(path: "\(photo.photo.name)/\(name)", bytes: bytes))
    }
    return files
  }

  mutating func finish() throws(FormatError) -> [OutputFile] { [] }
}

private struct PNGMasksReader: PhotoFile {
  /// A picture of a mask, or a folder of them with the photo's name.
  let path: String

  var subject: PhotoSubject { PhotoSubject(name: (path as NSString).lastPathComponent) }

  static func read(
    _ path: String, _ photos: PhotoIndex, _ progress: ReadingProgress
  ) throws(FormatError) -> ImportedAnnotations {
    let isFolder = InputFile.isFolder(path)
    guard isFolder || photos.only != nil else {
      throw .unfitting(path: path, reason: "is the mask of one photo; name that with --to")
    }
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var folders = [path]
    if isFolder, try photos.photo(named: path, in: path) == nil {
      folders = try InputFile.names(in: path).sorted()
        .map { (path as NSString).appendingPathComponent($0) }.filter(InputFile.isFolder)
    }
    return try photos.annotations(in: folders, isLone: !isFolder, progress: progress) {
      path throws(FormatError) in PNGMasksReader(path: path)
    }
  }

  func objects(width: Int, height: Int) throws(FormatError) -> [AnnotatedObject] {
    var objects: [AnnotatedObject] = []
    for file in try InputFile.files(path, endingIn: ".png") {
      let picture = try NumberedImage(file, of: (width, height))
      let mask = picture.mask(width: width, height: height) { $0 >= Mask.threshold }
      if mask.isEmpty, let value = picture.numbers.first(where: { $0 != 0 }) {
        throw .damaged(
          path: file,
          reason: "has pixels of \(value) and none of \(Mask.threshold) or more, which count as inside")
      }
      objects.append(
        AnnotatedObject(mask: mask, className: Self.className(file), origin: .imported("png")))
    }
    return objects
  }

  /// What follows the number in the name of a file.
  private static func className(_ file: String) -> String? {
    let parts = InputFile.stem(file).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy(\.isNumber), !parts[1].isEmpty else {
      return nil
    }
    return EscapedName.unescaped(parts[1])
  }
}
