import Annotations
import Foundation
import VisionTasks

extension AnnotationFormat {
  /// Our own format, `PHOTO.json` for each photo: everything that an object is, without loss.
  ///
  ///     {
  ///       "format": "vignette-annotations", "version": 1,
  ///       "image": "cat.jpg", "width": 640, "height": 480,
  ///       "objects": [
  ///         {
  ///           "class": "cat", "color": "#e69f00",             // both optional
  ///           "origin": "clicks",                             // or "brush", "model NAME", "import NAME"
  ///           "clicks": [[120.5, 80.5, 1], [40.5, 50.5, 0]],  // x, y, and 1 for what adds or 0 for what takes away
  ///           "box": [10, 10, 200, 160],                      // optional: left, top, right, bottom
  ///           "mask": {"size": [480, 640], "counts": "..."}   // COCO's run lengths: height, width; compressed
  ///         }                                                 // text, or numbers of pixels outside and inside in turn
  ///       ]                                                   // from the lowest object to the topmost
  ///     }
  static let vignette = AnnotationFormat(
    id: "vignette", title: "Vignette's own, without loss", source: "a JSON file, or a folder of them",
    makeWriter: { VignetteWriter($0) },
    reader: { path, photos, progress throws(FormatError) in try VignetteReader.read(path, photos, progress) })
}

private struct VignetteFile: Codable {
  static let format = "vignette-annotations"
  static let version = 1

  struct Object: Codable {
    var `class`: String?
    var color: String?
    var origin: String
    var clicks: [[Double]]
    var box: [Double]?
    var mask: RunLengths
  }

  var format = Self.format
  var version = Self.version
  var image: String
  var width, height: Int
  var objects: [Object]
}

private struct VignetteWriter: AnnotationWriter {
  let losses = ExportLosses()

  init(_ options: ExportOptions) {}

  mutating func add(_ photo: AnnotatedPhoto) throws(FormatError) -> [OutputFile] {
    let objects = photo.objects.map { object in
      VignetteFile.Object(
        class: object.className, color: object.color?.description, origin: object.origin.description,
        clicks: object.prompts.clickNumbers, box: object.prompts.boxNumbers, mask: object.mask)
    }
    let file = VignetteFile(
      image: photo.photo.name, width: photo.width, height: photo.height, objects: objects)
    return [try OutputFile(path: "\(photo.photo.name).json", json: file)]
  }

  mutating func finish() throws(FormatError) -> [OutputFile] { [] }
}

private struct VignetteReader: PhotoFile {
  let path: String
  let file: VignetteFile

  init(path: String) throws(FormatError) {
    self.path = path
    file = try InputFile.json(VignetteFile.self, path)
    guard file.format == VignetteFile.format else {
      throw .damaged(path: path, field: "format", reason: "is not \(VignetteFile.format)")
    }
    guard file.version <= VignetteFile.version else {
      throw .damaged(path: path, field: "version", reason: "\(file.version) is newer than this program")
    }
  }

  var subject: PhotoSubject {
    PhotoSubject(
      name: file.image, width: file.width, height: file.height, nameField: "image", sizeField: "width")
  }

  static func read(
    _ path: String, _ photos: PhotoIndex, _ progress: ReadingProgress
  ) throws(FormatError) -> ImportedAnnotations {
    let files = try InputFile.files(path, endingIn: ".json")
    return try photos.annotations(in: files, isLone: files.count == 1, progress: progress) {
      path throws(FormatError) in try VignetteReader(path: path)
    }
  }

  func objects(width: Int, height: Int) throws(FormatError) -> [AnnotatedObject] {
    var objects: [AnnotatedObject] = []
    for (index, object) in file.objects.enumerated() {
      objects.append(try self.object(object, "objects[\(index)]"))
    }
    return objects
  }

  private func object(_ object: VignetteFile.Object, _ field: String) throws(FormatError) -> AnnotatedObject {
    func damaged(_ name: String, _ reason: String) -> FormatError {
      .damaged(path: path, field: "\(field).\(name)", reason: reason)
    }
    guard (object.mask.width, object.mask.height) == (file.width, file.height) else {
      throw damaged(
        "mask.size",
        "is \(object.mask.width)x\(object.mask.height), the photo has \(file.width)x\(file.height)")
    }
    guard let origin = AnnotatedObject.Origin(object.origin) else {
      throw damaged("origin", "\(object.origin) is none that is known")
    }
    let color = object.color.flatMap(ObjectColor.init)
    guard object.color == nil || color != nil else { throw damaged("color", "is not of the form #rrggbb") }
    let prompts: ClickPrompts
    do throws(ClickPrompts.NumberProblem) {
      prompts = try ClickPrompts(clicks: object.clicks, box: object.box)
    } catch { throw damaged(error.field, error.reason) }
    return AnnotatedObject(
      mask: object.mask, className: object.class, color: color, origin: origin, prompts: prompts)
  }
}
