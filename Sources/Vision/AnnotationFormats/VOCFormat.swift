import Annotations
import Foundation
import Images

// Pascal VOC: for each photo a PNG picture with a palette in `SegmentationClass`, whose pixels are the numbers of
// classes, and one in `SegmentationObject` with the numbers of objects, both from 1; 0 is the background and 255, which
// VOC has for borders that belong to nothing, is not used. A pixel has one object, the topmost. `labelmap.txt` has the
// names of the classes as CVAT writes them; without it those of VOC's own challenge count.
extension AnnotationFormat {
  static let voc = AnnotationFormat(
    id: "voc", title: "Pascal VOC", source: "the folder of SegmentationClass, or a PNG picture of it",
    makeWriter: { VOCWriter($0) },
    reader: { path, photos, progress throws(FormatError) in try VOCReader.read(path, photos, progress) })
}

private enum VOC {
  static let classFolder = "SegmentationClass"
  static let objectFolder = "SegmentationObject"
  static let namesFile = "labelmap.txt"
  static let background = "background"
  /// The number of pixels that belong to nothing.
  static let void: UInt8 = 255

  /// VOC's colours: the bits of a number, from the lowest, go to red, green and blue in turn, from their highest.
  static let palette = (0..<256).map { number -> (red: UInt8, green: UInt8, blue: UInt8) in
    func component(_ shift: Int) -> UInt8 {
      (0..<8).reduce(0) { value, bit in
        let isSet = 3 * bit + shift < 8 && number >> (3 * bit + shift) & 1 == 1
        return isSet ? value | 1 << UInt8(7 - bit) : value
      }
    }
    return (component(0), component(1), component(2))
  }

  /// The classes of the challenge, after the background.
  static let challenge = [
    "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable",
    "dog",
    "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
  ]
}

private struct VOCWriter: AnnotationWriter {
  private var classes: ClassNumbers
  private(set) var losses = ExportLosses()

  init(_ options: ExportOptions) { classes = ClassNumbers(options.classNames) }

  mutating func add(_ photo: AnnotatedPhoto) throws(FormatError) -> [OutputFile] {
    let objects = photo.objects.filter { !$0.mask.isEmpty }
    losses.emptyObjects += photo.objects.count - objects.count
    guard objects.count < VOC.void else {
      throw .unwritable(
        photo: photo.photo.path, reason: "has \(objects.count) objects, VOC has numbers for 254")
    }
    var classNumbers = [UInt8](repeating: 0, count: photo.width * photo.height)
    var objectNumbers = classNumbers
    for (index, object) in objects.enumerated() {
      let number = classes.number(of: object.className) + 1
      guard number < VOC.void else {
        throw .unwritable(
          photo: photo.photo.path, reason: "is about the 255th class, VOC has numbers for 254")
      }
      object.mask.forEachPiece { x, rows in
        for y in rows {
          let place = y * photo.width + x
          if objectNumbers[place] != 0 { losses.coveredPixels += 1 }
          classNumbers[place] = UInt8(number)
          objectNumbers[place] = UInt8(index + 1)
        }
      }
    }
    let name = "\(photo.photo.stem).png"
    return [
      OutputFile(path: "\(VOC.classFolder)/\(name)", bytes: try Self.png(classNumbers, photo)),
      OutputFile(path: "\(VOC.objectFolder)/\(name)", bytes: try Self.png(objectNumbers, photo)),
    ]
  }

  private static func png(_ numbers: [UInt8], _ photo: AnnotatedPhoto) throws(FormatError) -> [UInt8] {
    try FormatError.mapping {
      try NumberedImage(width: photo.width, height: photo.height, numbers: numbers).png(palette: VOC.palette)
    }
  }

  mutating func finish() throws(FormatError) -> [OutputFile] {
    var lines = ["# label:color_rgb:parts:actions"]
    for (number, name) in ([VOC.background] + classes.names).enumerated() {
      let color = VOC.palette[number]
      lines.append("\(EscapedName.escaped(name, also: ":")):\(color.red),\(color.green),\(color.blue)::")
    }
    return [OutputFile(path: VOC.namesFile, bytes: Array((lines.joined(separator: "\n") + "\n").utf8))]
  }
}

private struct VOCReader: PhotoFile {
  /// The picture of classes, and that of objects, if it is another.
  let path: String
  let objectsPath: String?
  let names: [Int: String]

  var subject: PhotoSubject { PhotoSubject(name: InputFile.stem(path), isStem: true) }

  static func read(
    _ path: String, _ photos: PhotoIndex, _ progress: ReadingProgress
  ) throws(FormatError) -> ImportedAnnotations {
    let folder = InputFile.folder(of: path) as NSString
    let isRoot = InputFile.isFolder(folder.appendingPathComponent(VOC.classFolder))
    let root = isRoot ? folder : folder.deletingLastPathComponent as NSString
    let source = isRoot && InputFile.isFolder(path) ? folder.appendingPathComponent(VOC.classFolder) : path
    let files = try InputFile.files(source, endingIn: ".png")
    let names = try names(root.appendingPathComponent(VOC.namesFile))
    let objectFolder = root.appendingPathComponent(VOC.objectFolder) as NSString
    return try photos.annotations(in: files, isLone: source == path && files.count == 1, progress: progress) {
      path throws(FormatError) in
      let objects = objectFolder.appendingPathComponent(InputFile.stem(path) + ".png")
      return VOCReader(path: path, objectsPath: objects == path ? nil : objects, names: names)
    }
  }

  func objects(width: Int, height: Int) throws(FormatError) -> [AnnotatedObject] {
    let size = (width, height)
    let classes = try NumberedImage(path, of: size)
    // Without a picture of objects, each class is one object.
    var parts: [(mask: RunLengths, number: UInt8)] = []
    if let objectsPath, FileManager.default.fileExists(atPath: objectsPath) {
      let picture = try NumberedImage(objectsPath, of: size)
      var numbers: [UInt8: UInt8] = [:]
      for (object, number) in zip(picture.numbers, classes.numbers)
      where object != 0 && object != VOC.void && number != VOC.void {
        guard numbers[object] ?? number == number else {
          throw .damaged(
            path: objectsPath, field: "object \(object)",
            reason: "has pixels of the classes \(numbers[object] ?? 0) and \(number) in \(path)")
        }
        numbers[object] = number
      }
      for (object, mask) in picture.masks.sorted(by: { $0.key < $1.key })
      where object != 0 && object != VOC.void {
        parts.append((mask, numbers[object] ?? 0))
      }
    } else {
      for (number, mask) in classes.masks.sorted(by: { $0.key < $1.key })
      where number != 0 && number != VOC.void {
        parts.append((mask, number))
      }
    }
    var objects: [AnnotatedObject] = []
    for part in parts {
      guard let name = names[Int(part.number)] else {
        throw .damaged(path: path, field: "class \(part.number)", reason: "has no name in \(VOC.namesFile)")
      }
      objects.append(AnnotatedObject(mask: part.mask, className: name, origin: .imported("voc")))
    }
    return objects
  }

  /// Reads the names of classes by their number, which is that of their colour.
  private static func names(_ path: String) throws(FormatError) -> [Int: String] {
    guard FileManager.default.fileExists(atPath: path) else {
      return Dictionary(uniqueKeysWithValues: VOC.challenge.enumerated().map { ($0 + 1, $1) })
    }
    var names: [Int: String] = [:]
    for (index, line) in try InputFile.lines(of: path).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      let color = parts.count > 1 ? parts[1].split(separator: ",").map { UInt8($0) } : []
      guard color.count == 3,
        let number = VOC.palette.firstIndex(where: { [$0.red, $0.green, $0.blue] == color })
      else {
        throw .damaged(path: path, field: "line \(index + 1)", reason: "has no name and colour of VOC")
      }
      guard names.updateValue(EscapedName.unescaped(parts[0]), forKey: number) == nil else {
        throw .damaged(path: path, field: "line \(index + 1)", reason: "has a colour that is there already")
      }
    }
    return names
  }
}
