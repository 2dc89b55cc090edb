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
    read: { path, photos throws(FormatError) in try PNGMasksReader.read(path, photos) })
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

private enum PNGMasksReader {
  static func read(_ path: String, _ photos: PhotoIndex) throws(FormatError) -> ImportedAnnotations {
    guard InputFile.isFolder(path) else {
      guard let photo = photos.only else {
        throw .unfitting(path: path, reason: "is the mask of one photo; name that with --to")
      }
      return ImportedAnnotations(photos: [try annotations(of: photo, [path])])
    }
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    if let photo = try photos.photo(named: path, in: path) {
      return ImportedAnnotations(photos: [try annotations(of: photo, InputFile.files(path, endingIn: ".png"))]
      )
    }
    var result = ImportedAnnotations()
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw .unreadable(path: path, reason: "the folder cannot be listed")
    }
    for name in names {
      let folder = (path as NSString).appendingPathComponent(name)
      guard InputFile.isFolder(folder) else { continue }
      guard let photo = try photos.photo(named: name, in: path) else {
        result.strangers.append(name)
        continue
      }
      result.photos.append(try annotations(of: photo, InputFile.files(folder, endingIn: ".png")))
    }
    return result
  }

  private static func annotations(of photo: Photo, _ files: [String]) throws(FormatError) -> AnnotatedPhoto {
    let size = try photo.size()
    var result = AnnotatedPhoto(photo: photo, width: size.width, height: size.height, objects: [])
    for file in files {
      let bytes = Array(try InputFile.bytes(of: file))
      let picture = try FormatError.mapping { try NumberedImage(png: bytes, path: file) }
      guard (picture.width, picture.height) == size else {
        throw .damaged(
          path: file,
          reason: "has \(picture.width)x\(picture.height) pixels, the photo has \(size.width)x\(size.height)"
        )
      }
      let mask = picture.mask(width: size.width, height: size.height) { $0 >= Mask.threshold }
      if mask.isEmpty, let value = picture.numbers.first(where: { $0 != 0 }) {
        throw .damaged(
          path: file,
          reason: "has pixels of \(value) and none of \(Mask.threshold) or more, which count as inside")
      }
      result.objects.append(AnnotatedObject(mask: mask, className: className(file), origin: .imported("png")))
    }
    return result
  }

  /// What follows the number in the name of a file.
  private static func className(_ file: String) -> String? {
    let stem = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    let parts = stem.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy(\.isNumber), !parts[1].isEmpty else {
      return nil
    }
    return EscapedName.unescaped(parts[1])
  }
}
