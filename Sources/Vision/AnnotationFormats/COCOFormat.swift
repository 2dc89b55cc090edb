import Annotations

// COCO's instances: one JSON file for all photos. Masks are compressed run lengths, which hold everything; with a
// tolerance they are polygons, one for each part, a hole joined to its part's line by a line to and fro. Categories
// are numbered from 1.
extension AnnotationFormat {
  static let coco = AnnotationFormat(
    id: "coco", title: "COCO instances", source: "a JSON file",
    makeWriter: { COCOWriter($0) },
    reader: { path, photos, progress throws(FormatError) in try COCOReader.read(path, photos, progress) })
}

/// A file of COCO's instances, as far as it matters here: what is not needed to make masks is written and not read.
private struct COCOFile {
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
  struct Annotation {
    var id = 0
    var imageID, categoryID: Int
    /// Nil for a box alone.
    var segmentation: COCOSegmentation?
    var area = 0.0
    /// Left, top, width and height.
    var box: [Double] = []
  }

  var images: [Image] = []
  var categories: [Category] = []
  var annotations: [Annotation] = []
}

extension COCOFile: Codable {
  private enum Key: CodingKey { case info, images, categories, annotations }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    images = try container.decode([Image].self, forKey: .images)
    categories = try container.decode([Category].self, forKey: .categories)
    annotations = try container.decode([Annotation].self, forKey: .annotations)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(["description": "Vignette"], forKey: .info)
    try container.encode(images, forKey: .images)
    try container.encode(categories, forKey: .categories)
    try container.encode(annotations, forKey: .annotations)
  }
}

extension COCOFile.Annotation: Codable {
  private enum Key: String, CodingKey {
    case id, segmentation, area, bbox, iscrowd
    case imageID = "image_id"
    case categoryID = "category_id"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    imageID = try container.decode(Int.self, forKey: .imageID)
    categoryID = try container.decode(Int.self, forKey: .categoryID)
    segmentation = try container.decodeIfPresent(COCOSegmentation.self, forKey: .segmentation)
    if case .polygons(let polygons) = segmentation, polygons.isEmpty { segmentation = nil }
    box = try container.decodeIfPresent([Double].self, forKey: .bbox) ?? []
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(imageID, forKey: .imageID)
    try container.encode(categoryID, forKey: .categoryID)
    try container.encode(segmentation, forKey: .segmentation)
    try container.encode(area, forKey: .area)
    try container.encode(box, forKey: .bbox)
    try container.encode(0, forKey: .iscrowd)
  }
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
  private var file = COCOFile()
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
      guard !object.mask.isEmpty else {
        losses.emptyObjects += 1
        continue
      }
      let (segmentation, mask) = segmentation(object.mask)
      let box = mask.boundingBox.map { [$0.x, $0.y, $0.width, $0.height].map(Double.init) }
      file.annotations.append(
        COCOFile.Annotation(
          id: file.annotations.count + 1, imageID: id, categoryID: classes.number(of: object.className) + 1,
          segmentation: segmentation, area: Double(mask.area), box: box ?? [0, 0, 0, 0]))
    }
    return []
  }

  /// Returns what stands for a mask, and the mask that readers make of that.
  private mutating func segmentation(_ mask: RunLengths) -> (COCOSegmentation, RunLengths) {
    guard let tolerance = options.tolerance else { return (.runs(mask), mask) }
    let polygons = SimplifiedOutlines(mask, tolerance: tolerance) { outlines in
      RunLengths(width: mask.width, height: mask.height, cocoPolygons: outlines.map(\.joined))
    }
    losses.add(polygons)
    return (.polygons(polygons.outlines.map { $0.joined.flatMap { [$0.x, $0.y] } }), polygons.mask)
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
  static func read(
    _ path: String, _ photos: PhotoIndex, _ progress: ReadingProgress
  ) throws(FormatError) -> ImportedAnnotations {
    let file = try InputFile.json(COCOFile.self, path)
    let count = file.images.count + file.annotations.count
    var result = ImportedAnnotations()
    // Places in `result.photos` by the file's number for the photo; nil for photos that are not wanted.
    var places: [Int: Int?] = [:]
    for (index, image) in file.images.enumerated() {
      progress(index, count)
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
      progress(file.images.count + index, count)
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
      guard let segmentation = annotation.segmentation else {
        if annotation.box.isEmpty {
          result.withoutMask += 1
        } else {
          result.photos[place].objects.append(
            try box(annotation.box, name, of: photo, path, "\(field).bbox"))
        }
        continue
      }
      let mask = try mask(
        segmentation, width: photo.width, height: photo.height, path: path,
        field: "\(field).segmentation")
      result.photos[place].objects.append(
        AnnotatedObject(mask: mask, className: name, origin: .imported("coco")))
    }
    return result
  }

  private static func box(
    _ numbers: [Double], _ name: String, of photo: AnnotatedPhoto, _ path: String, _ field: String
  ) throws(FormatError) -> AnnotatedObject {
    guard numbers.count == 4 else { throw .damaged(path: path, field: field, reason: "has not four numbers") }
    return try BoxReading.object(
      x: numbers[0], y: numbers[1], boxWidth: numbers[2], boxHeight: numbers[3], className: name,
      origin: .imported("coco"), width: photo.width, height: photo.height, path: path, field: field)
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
