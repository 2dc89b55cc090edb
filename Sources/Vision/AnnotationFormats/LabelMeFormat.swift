import Annotations
import Foundation
import Images

// LabelMe 5 and later: a JSON file for each photo. A part of a mask is a polygon whose corners lie a quarter of a pixel
// inside of the outline, so that both readers that take the pixels whose centres it holds and those that cut corners'
// fractions off and draw its line too, as LabelMe's own, find the same pixels. Parts of one object have a group in
// common. An object with holes, which no polygon of LabelMe has, is a shape of the type `mask`: a PNG picture of its
// bounding box.
extension AnnotationFormat {
  static let labelMe = AnnotationFormat(
    id: "labelme", title: "LabelMe", source: "a JSON file, or a folder of them",
    makeWriter: { LabelMeWriter($0) },
    reader: { path, photos, progress throws(FormatError) in try LabelMeReader.read(path, photos, progress) })
}

/// A file of LabelMe.
private struct LabelMeFile: Codable {
  struct Shape: Codable {
    var label: String
    var points: [[Double]]
    var groupID: Int?
    var shapeType: String?
    /// A PNG file in base 64.
    var mask: String?

    private enum CodingKeys: String, CodingKey {
      case label, points, mask
      case groupID = "group_id"
      case shapeType = "shape_type"
    }
  }

  var shapes: [Shape] = []
  var imagePath: String
  /// Nil in files of old versions.
  var imageHeight, imageWidth: Int?

  private enum CodingKeys: String, CodingKey {
    case version, flags, shapes, imagePath, imageData, imageHeight, imageWidth
  }

  init(imagePath: String, width: Int, height: Int) {
    self.imagePath = imagePath
    imageHeight = height
    imageWidth = width
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    shapes = try container.decode([Shape].self, forKey: .shapes)
    imagePath = try container.decode(String.self, forKey: .imagePath)
    imageHeight = try container.decodeIfPresent(Int.self, forKey: .imageHeight)
    imageWidth = try container.decodeIfPresent(Int.self, forKey: .imageWidth)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("5.5.0", forKey: .version)
    try container.encode([String: Bool](), forKey: .flags)
    try container.encode(shapes, forKey: .shapes)
    try container.encode(imagePath, forKey: .imagePath)
    // LabelMe asks for the key, and reads the photo itself when it says nothing.
    try container.encodeNil(forKey: .imageData)
    try container.encode(imageHeight, forKey: .imageHeight)
    try container.encode(imageWidth, forKey: .imageWidth)
  }
}

private struct LabelMeWriter: AnnotationWriter {
  /// How far inside of the outline corners lie, in pixels.
  static let inset = 0.25

  private let options: ExportOptions
  private(set) var losses = ExportLosses()

  init(_ options: ExportOptions) { self.options = options }

  mutating func add(_ photo: AnnotatedPhoto) throws(FormatError) -> [OutputFile] {
    var file = LabelMeFile(
      imagePath: Self.path(to: photo.photo.path, from: options.folder), width: photo.width,
      height: photo.height)
    for (index, object) in photo.objects.enumerated() {
      guard let box = object.mask.boundingBox else {
        losses.emptyObjects += 1
        continue
      }
      let label = object.className ?? ClassNumbers.unnamed
      let polygons = SimplifiedOutlines(object.mask, tolerance: options.tolerance ?? 0, inset: Self.inset) {
        RunLengths(width: photo.width, height: photo.height, rings: $0.flatMap(\.rings))
      }
      guard polygons.outlines.allSatisfy(\.holes.isEmpty) else {
        file.shapes.append(try Self.mask(object.mask, in: box, label: label))
        continue
      }
      losses.add(polygons)
      for outline in polygons.outlines {
        file.shapes.append(
          LabelMeFile.Shape(
            label: label, points: outline.outer.map { [$0.x, $0.y] },
            groupID: polygons.outlines.count > 1 ? index + 1 : nil, shapeType: "polygon"))
      }
    }
    return [try OutputFile(path: "\(photo.photo.stem).json", json: file)]
  }

  private static func mask(
    _ mask: RunLengths, in box: PixelRect, label: String
  ) throws(FormatError) -> LabelMeFile.Shape {
    let picture = NumberedImage(mask, in: box, inside: 1)
    let bytes = try FormatError.mapping { try picture.png() }
    let corners = [[box.x, box.y], [box.x + box.width - 1, box.y + box.height - 1]]
    return LabelMeFile.Shape(
      label: label, points: corners.map { $0.map(Double.init) }, shapeType: "mask",
      mask: Data(bytes).base64EncodedString())
  }

  /// The way from a folder to a file.
  static func path(to file: String, from folder: String) -> String {
    let file = URL(fileURLWithPath: file).standardizedFileURL.pathComponents
    let folder = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents
    let common = zip(file, folder).prefix { $0 == $1 }.count
    return (folder[common...].map { _ in ".." } + file[common...]).joined(separator: "/")
  }

  mutating func finish() throws(FormatError) -> [OutputFile] { [] }
}

private struct LabelMeReader: PhotoFile {
  let path: String
  let file: LabelMeFile

  var subject: PhotoSubject {
    PhotoSubject(
      name: file.imagePath, width: file.imageWidth, height: file.imageHeight, nameField: "imagePath",
      sizeField: "imageWidth")
  }

  static func read(
    _ path: String, _ photos: PhotoIndex, _ progress: ReadingProgress
  ) throws(FormatError) -> ImportedAnnotations {
    let files = try InputFile.files(path, endingIn: ".json")
    return try photos.annotations(in: files, isLone: files.count == 1, progress: progress) {
      path throws(FormatError) in LabelMeReader(path: path, file: try InputFile.json(LabelMeFile.self, path))
    }
  }

  func objects(width: Int, height: Int) throws(FormatError) -> [AnnotatedObject] {
    try LabelMeShapes(path: path, width: width, height: height).objects(file.shapes)
  }
}

/// The shapes of a file as masks of its photo's size.
private struct LabelMeShapes {
  let path: String
  let width, height: Int

  private struct Group: Hashable {
    var label: String
    var number: Int
  }

  /// Shapes of one label and group are one object.
  func objects(_ shapes: [LabelMeFile.Shape]) throws(FormatError) -> [AnnotatedObject] {
    var objects: [AnnotatedObject] = []
    var places: [Group: Int] = [:]
    for (index, shape) in shapes.enumerated() {
      let mask = try mask(shape, "shapes[\(index)]")
      let group = shape.groupID.map { Group(label: shape.label, number: $0) }
      if let place = group.flatMap({ places[$0] }) {
        objects[place].mask = objects[place].mask.union(mask)
        continue
      }
      if let group { places[group] = objects.count }
      objects.append(AnnotatedObject(mask: mask, className: shape.label, origin: .imported("labelme")))
    }
    return objects
  }

  private func mask(_ shape: LabelMeFile.Shape, _ field: String) throws(FormatError) -> RunLengths {
    guard shape.points.allSatisfy({ $0.count == 2 }) else {
      throw .damaged(path: path, field: "\(field).points", reason: "a point has not two numbers")
    }
    let points = shape.points.map { ImagePlace(x: $0[0], y: $0[1]) }
    let type = shape.shapeType ?? "polygon"
    if type != "polygon", type != "oriented_rectangle", points.count != 2 {
      throw .damaged(path: path, field: "\(field).points", reason: "are \(points.count), a \(type) has two")
    }
    switch type {
    case "polygon", "oriented_rectangle":
      try PolygonReading.check(points, width: width, height: height, path: path, field: "\(field).points")
      return RunLengths(width: width, height: height, polygon: points)
    case "rectangle":
      try check(points, field)
      return RunLengths(width: width, height: height, rectangleFrom: points[0], to: points[1])
    case "circle":
      try check(points, field)
      let (dx, dy) = (points[1].x - points[0].x, points[1].y - points[0].y)
      return RunLengths(
        width: width, height: height, strokeThrough: [points[0]],
        thickness: 2 * (dx * dx + dy * dy).squareRoot())
    case "mask":
      try check(points, field)
      return try picture(shape, points, field)
    default:
      throw .damaged(
        path: path, field: "\(field).shape_type",
        reason: "\(type) has no pixels; polygon, rectangle, circle and mask have")
    }
  }

  private func check(_ points: [ImagePlace], _ field: String) throws(FormatError) {
    // Three corners, of which two are the same, are checked like two.
    try PolygonReading.check(
      points + points.suffix(1), width: width, height: height, path: path, field: "\(field).points")
  }

  private func picture(
    _ shape: LabelMeFile.Shape, _ points: [ImagePlace], _ field: String
  ) throws(FormatError) -> RunLengths {
    guard let data = shape.mask.flatMap({ Data(base64Encoded: $0, options: .ignoreUnknownCharacters) }) else {
      throw .damaged(path: path, field: "\(field).mask", reason: "is no PNG picture in base 64")
    }
    let picture: NumberedImage
    do throws(ImageError) {
      picture = try NumberedImage(
        png: Array(data), path: "the picture", pixelLimit: RunLengths.pixelLimit)
    } catch {
      throw .damaged(path: path, field: "\(field).mask", reason: "\(error)")
    }
    let (left, top) = (Int(points[0].x), Int(points[0].y))
    guard left >= 0, top >= 0, left + picture.width <= width, top + picture.height <= height else {
      throw .damaged(
        path: path, field: "\(field).mask",
        reason: "\(picture.width)x\(picture.height) pixels at \(left),\(top) are not inside of the photo of"
          + " \(width)x\(height)")
    }
    return picture.mask(width: width, height: height, left: left, top: top) { $0 != 0 }
  }
}
