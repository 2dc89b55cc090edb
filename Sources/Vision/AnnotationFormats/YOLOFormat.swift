import Annotations
import Foundation

// YOLO's segments: `labels/PHOTO.txt` for each photo, a line for each object: the number of its class, then x and y in
// turn as fractions of the photo's size; and `data.yaml` with the names of the classes. A line holds one polygon, so
// holes and parts hang on lines to and fro, as Ultralytics' own converter does it; corners lie a quarter of a pixel
// inside of the outline, for readers that cut fractions off. Lines of detectors, with four numbers, are read as boxes.
extension AnnotationFormat {
  static let yolo = AnnotationFormat(
    id: "yolo", title: "YOLO segments", source: "data.yaml, its folder, or a text file of a photo beside it",
    makeWriter: { YOLOWriter($0) },
    reader: { path, photos, progress throws(FormatError) in try YOLOReader.read(path, photos, progress) })
}

private struct YOLOWriter: AnnotationWriter {
  /// How far inside of the outline corners lie, in pixels.
  static let inset = 0.25

  private let options: ExportOptions
  private var classes: ClassNumbers
  private(set) var losses = ExportLosses()

  init(_ options: ExportOptions) {
    self.options = options
    classes = ClassNumbers(options.classNames)
  }

  mutating func add(_ photo: AnnotatedPhoto) throws(FormatError) -> [OutputFile] {
    var text = ""
    for object in photo.objects {
      guard !object.mask.isEmpty else {
        losses.emptyObjects += 1
        continue
      }
      let polygons = SimplifiedOutlines(object.mask, tolerance: options.tolerance ?? 0, inset: Self.inset) {
        RunLengths(width: photo.width, height: photo.height, polygon: MaskOutline.joined($0))
      }
      losses.add(polygons)
      text += "\(classes.number(of: object.className))"
      for place in MaskOutline.joined(polygons.outlines) {
        text += " \(Self.fraction(place.x, of: photo.width)) \(Self.fraction(place.y, of: photo.height))"
      }
      text += "\n"
    }
    return [OutputFile(path: "labels/\(photo.photo.stem).txt", bytes: Array(text.utf8))]
  }

  /// Eight decimals, which are less than a hundredth of a pixel of the largest photo.
  private static func fraction(_ place: Double, of size: Int) -> String {
    let digits = 100_000_000
    let value = min(max(Int((place / Double(size) * Double(digits)).rounded()), 0), digits)
    return "\(value / digits)." + String("\(value % digits + digits)".dropFirst())
  }

  mutating func finish() throws(FormatError) -> [OutputFile] {
    [OutputFile(path: YOLONames.fileName, bytes: Array(YOLONames.text(classes.names).utf8))]
  }
}

private struct YOLOReader: PhotoFile {
  let path: String
  let names: [Int: String]

  var subject: PhotoSubject { PhotoSubject(name: InputFile.stem(path), isStem: true) }

  static func read(
    _ path: String, _ photos: PhotoIndex, _ progress: ReadingProgress
  ) throws(FormatError) -> ImportedAnnotations {
    let isNames = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    let folder = InputFile.folder(of: path)
    let names = try YOLONames.read(isNames ? path : YOLONames.find(from: folder))
    let labels = (folder as NSString).appendingPathComponent("labels")
    let source = isNames || InputFile.isFolder(path) ? (InputFile.isFolder(labels) ? labels : folder) : path
    let files = try InputFile.files(source, endingIn: ".txt")
    return try photos.annotations(in: files, isLone: source == path && files.count == 1, progress: progress) {
      path throws(FormatError) in YOLOReader(path: path, names: names)
    }
  }

  func objects(width: Int, height: Int) throws(FormatError) -> [AnnotatedObject] {
    var objects: [AnnotatedObject] = []
    for (index, line) in try InputFile.lines(of: path).enumerated() {
      let words = line.split { $0 == " " || $0 == "\t" }
      if words.isEmpty { continue }
      let field = "line \(index + 1)"
      guard let number = Int(words[0]) else {
        throw .damaged(path: path, field: field, reason: "does not begin with the number of a class")
      }
      guard let name = names[number] else {
        throw .damaged(
          path: path, field: field, reason: "\(YOLONames.fileName) has no name for class \(number)")
      }
      let numbers = words.dropFirst().map { Double($0) ?? .nan }
      guard numbers.allSatisfy(\.isFinite), numbers.count.isMultiple(of: 2) else {
        throw .damaged(path: path, field: field, reason: "has something else than pairs of numbers")
      }
      if numbers.count == 4 {
        // The centre and the size, as detectors write them.
        let (boxWidth, boxHeight) = (numbers[2] * Double(width), numbers[3] * Double(height))
        objects.append(
          try BoxReading.object(
            x: numbers[0] * Double(width) - boxWidth / 2, y: numbers[1] * Double(height) - boxHeight / 2,
            boxWidth: boxWidth, boxHeight: boxHeight, className: name, origin: .imported("yolo"),
            width: width, height: height, path: path, field: field))
        continue
      }
      let points = stride(from: 0, to: numbers.count, by: 2).map {
        ImagePlace(x: numbers[$0] * Double(width), y: numbers[$0 + 1] * Double(height))
      }
      try PolygonReading.check(points, width: width, height: height, path: path, field: field)
      let mask = RunLengths(width: width, height: height, polygon: points)
      objects.append(AnnotatedObject(mask: mask, className: name, origin: .imported("yolo")))
    }
    return objects
  }
}
