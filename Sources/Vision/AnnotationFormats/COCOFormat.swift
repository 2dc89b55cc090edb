import Annotations

// COCO's instances: one JSON file for all photos. Masks are compressed run lengths, which hold everything; with a
// tolerance they are polygons, one for each part, a hole joined to its part's line by a line to and fro. Categories
// are numbered from 1.
extension AnnotationFormat {
  static let coco = AnnotationFormat(
    id: "coco", title: "COCO instances", source: "a JSON file",
    makeWriter: { COCOWriter($0) },
    read: { path, photos throws(FormatError) in try COCOReader.read(path, photos) })
}

/// A file of COCO's instances, as far as it matters here.
private struct COCOFile: Codable {
  struct Information: Codable { var description: String }
  struct Image: Codable {
    var id: Int
    var fileName: String
    var width, height: Int

    private enum CodingKeys: String, CodingKey {
      case id, width, height
      case fileName = "file_name"
    }
  }
  struct Category: Codable {
    var id: Int
    var name: String
  }
  struct Annotation: Codable {
    var id: Int
    var imageID, categoryID: Int
    var segmentation: COCOSegmentation
    var area: Double?
    var bbox: [Double]?
    var iscrowd: Int?

    private enum CodingKeys: String, CodingKey {
      case id, segmentation, area, bbox, iscrowd
      case imageID = "image_id"
      case categoryID = "category_id"
    }
  }

  var info: Information?
  var images: [Image] = []
  var categories: [Category] = []
  var annotations: [Annotation] = []
}

/// Run lengths, or polygons of x and y in turn.
private enum COCOSegmentation: Codable {
  case runs(RunLengths)
  case polygons([[Double]])

  private enum Key: CodingKey { case size }

  init(from decoder: any Decoder) throws {
    if (try? decoder.container(keyedBy: Key.self)) != nil {
      self = .runs(try RunLengths(from: decoder))
    } else {
      self = .polygons(try decoder.singleValueContainer().decode([[Double]].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .runs(let runs): try runs.encode(to: encoder)
    case .polygons(let polygons):
      var container = encoder.singleValueContainer()
      try container.encode(polygons)
    }
  }
}

private struct COCOWriter: AnnotationWriter {
  /// The name of the file.
  static let fileName = "instances.json"

  private let options: ExportOptions
  private var file = COCOFile(info: COCOFile.Information(description: "Vignette"))
  private var classes: ClassNumbers
  private var names: Set<String> = []
  private(set) var losses = ExportLosses()

  init(_ options: ExportOptions) {
    self.options = options
    classes = ClassNumbers(options.classNames)
  }

  mutating func add(_ photo: AnnotatedPhoto) throws(FormatError) -> [OutputFile] {
    guard names.insert(photo.photo.name).inserted else {
      throw .unwritable(
        photo: photo.photo.path, reason: "another photo has the same name; export their folders apart")
    }
    let id = file.images.count + 1
    file.images.append(
      COCOFile.Image(id: id, fileName: photo.photo.name, width: photo.width, height: photo.height))
    for object in photo.objects {
      guard let box = object.mask.boundingBox else {
        losses.emptyObjects += 1
        continue
      }
      file.annotations.append(
        COCOFile.Annotation(
          id: file.annotations.count + 1, imageID: id, categoryID: classes.number(of: object.className) + 1,
          segmentation: segmentation(object.mask), area: Double(object.mask.area),
          bbox: [box.x, box.y, box.width, box.height].map(Double.init), iscrowd: 0))
    }
    return []
  }

  private mutating func segmentation(_ mask: RunLengths) -> COCOSegmentation {
    guard let tolerance = options.tolerance else { return .runs(mask) }
    let polygons = SimplifiedOutlines(mask, tolerance: tolerance) { outlines in
      RunLengths(width: mask.width, height: mask.height, cocoPolygons: outlines.map(\.joined))
    }
    losses.add(polygons)
    return .polygons(polygons.outlines.map { $0.joined.flatMap { [$0.x, $0.y] } })
  }

  mutating func finish() throws(FormatError) -> [OutputFile] {
    file.categories = classes.names.enumerated().map { COCOFile.Category(id: $0 + 1, name: $1) }
    return [try OutputFile(path: Self.fileName, json: file)]
  }
}

extension RunLengths {
  /// Makes the mask of all that is in any of some polygons, as the COCO API does.
  fileprivate init(width: Int, height: Int, cocoPolygons polygons: [[ImagePlace]]) {
    self = polygons.reduce(RunLengths(width: width, height: height)) {
      $0.union(RunLengths(width: width, height: height, cocoPolygon: $1))
    }
  }
}

private enum COCOReader {
  static func read(_ path: String, _ photos: PhotoIndex) throws(FormatError) -> ImportedAnnotations {
    let file = try InputFile.json(COCOFile.self, path)
    var result = ImportedAnnotations()
    // Places in `result.photos` by the file's number for the photo; nil for photos that are not wanted.
    var places: [Int: Int?] = [:]
    for (index, image) in file.images.enumerated() {
      guard places[image.id] == nil else {
        throw .damaged(path: path, field: "images[\(index)].id", reason: "\(image.id) is there twice")
      }
      guard let photo = try photos.photo(named: image.fileName, in: path) else {
        places[image.id] = .some(nil)
        result.strangers.append(image.fileName)
        continue
      }
      let size = try photo.size()
      guard size == (image.width, image.height) else {
        throw .damaged(
          path: path, field: "images[\(index)]",
          reason:
            "\(image.fileName) is of \(image.width)x\(image.height), the photo has \(size.width)x\(size.height)"
        )
      }
      places[image.id] = result.photos.count
      result.photos.append(AnnotatedPhoto(photo: photo, width: size.width, height: size.height, objects: []))
    }
    let names = Dictionary(file.categories.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    for (index, annotation) in file.annotations.enumerated() {
      let field = "annotations[\(index)]"
      guard let place = places[annotation.imageID] else {
        throw .damaged(
          path: path, field: "\(field).image_id", reason: "\(annotation.imageID) is the id of no image")
      }
      guard let name = names[annotation.categoryID] else {
        throw .damaged(
          path: path, field: "\(field).category_id",
          reason: "\(annotation.categoryID) is the id of no category")
      }
      guard let place else { continue }
      let photo = result.photos[place]
      let mask = try mask(
        annotation.segmentation, width: photo.width, height: photo.height, path: path,
        field: "\(field).segmentation")
      result.photos[place].objects.append(
        AnnotatedObject(mask: mask, className: name, origin: .imported("coco")))
    }
    return result
  }

  private static func mask(
    _ segmentation: COCOSegmentation, width: Int, height: Int, path: String, field: String
  ) throws(FormatError) -> RunLengths {
    switch segmentation {
    case .runs(let runs):
      guard (runs.width, runs.height) == (width, height) else {
        throw .damaged(
          path: path, field: "\(field).size",
          reason: "is \(runs.width)x\(runs.height), the photo has \(width)x\(height)")
      }
      return runs
    case .polygons(let lists):
      var polygons: [[ImagePlace]] = []
      for (index, numbers) in lists.enumerated() {
        guard numbers.count.isMultiple(of: 2) else {
          throw .damaged(path: path, field: "\(field)[\(index)]", reason: "has an x without y")
        }
        let points = stride(from: 0, to: numbers.count, by: 2).map {
          ImagePlace(x: numbers[$0], y: numbers[$0 + 1])
        }
        try PolygonReading.check(
          points, width: width, height: height, path: path, field: "\(field)[\(index)]")
        polygons.append(points)
      }
      return RunLengths(width: width, height: height, cocoPolygons: polygons)
    }
  }
}
