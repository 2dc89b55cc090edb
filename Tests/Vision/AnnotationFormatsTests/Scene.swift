import AnnotationFormats
import Annotations
import Foundation
import Images
import TestSupport
import VisionTasks

/// Photos with objects of every awkward kind, in a folder of their own.
struct Scene {
  let folder: URL

  /// Runs a body with a folder that is removed afterwards.
  static func with<Result>(_ body: (Scene) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("formats-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(Scene(folder: folder))
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a photo of some size and returns it with objects of these masks.
  func photo(
    _ name: String, width: Int, height: Int, _ objects: [AnnotatedObject] = []
  ) throws -> AnnotatedPhoto {
    let image = Image(width: width, height: height, pixels: [UInt8](repeating: 77, count: 3 * width * height))
    try ImageFile.savePNG(image, to: path(name), overwrite: true)
    return AnnotatedPhoto(photo: Photo(path(name)), width: width, height: height, objects: objects)
  }

  /// Runs a body with a scene with `a.png` and `b.png` of 8 by 6 pixels.
  static func withTwoPhotos(_ body: (Scene, PhotoIndex) throws -> Void) throws {
    try with { scene in
      let photos = try ["a.png", "b.png"].map { try scene.photo($0, width: 8, height: 6).photo.path }
      try body(scene, PhotoIndex(photos))
    }
  }

  /// Writes text into a file and returns its path.
  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    return path(name)
  }

  /// Writes photos in a format and returns the folder of the files.
  @discardableResult
  func export(
    _ photos: [AnnotatedPhoto], _ format: AnnotationFormat, tolerance: Double? = nil, to name: String = "out"
  ) throws -> (folder: String, losses: ExportLosses) {
    var writer = format.makeWriter(ExportOptions(tolerance: tolerance, folder: path(name)))
    var files: [OutputFile] = []
    for photo in photos { files += try writer.add(photo) }
    files += try writer.finish()
    for file in files {
      let url = folder.appendingPathComponent(name).appendingPathComponent(file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
    return (path(name), writer.losses)
  }

  /// Writes photos in a format and reads them back.
  func roundTrip(
    _ photos: [AnnotatedPhoto], _ format: AnnotationFormat, tolerance: Double? = nil
  ) throws -> ImportedAnnotations {
    let folder = try export(photos, format, tolerance: tolerance).folder
    let file = format.id == "coco" ? folder + "/instances.json" : folder
    return try format.read(file, PhotoIndex(photos.map(\.photo.path)))
  }
}

extension Scene {
  /// What reading a file for `a.png` and `b.png` leads to: the message of the error, or how many objects there are.
  func message(_ format: AnnotationFormat, _ path: String) -> String {
    do {
      let read = try AnnotationImport(format).read(path, photos: [self.path("a.png"), self.path("b.png")])
      return "read \(read.photos.map { $0.objects.count })"
    } catch {
      return "\(error)"
    }
  }
}

extension AnnotatedObject {
  /// An object of a drawing: a line of text for each row, `#` inside.
  init(_ rows: String..., className: String? = nil) {
    let width = rows[0].count
    let values = rows.joined().map { $0 == "#" ? UInt8(255) : 0 }
    self.init(
      mask: RunLengths(Mask(width: width, height: rows.count, values: values)), className: className,
      origin: .brush)
  }

  /// The same on a photo with more columns at the right and rows below.
  func padded(columns: Int, rows: Int) -> AnnotatedObject {
    var values: [UInt8] = []
    for row in 0..<mask.height + rows {
      for column in 0..<mask.width + columns {
        let isInside = row < mask.height && column < mask.width && mask.contains(x: column, y: row)
        values.append(isInside ? 255 : 0)
      }
    }
    return AnnotatedObject(
      mask: RunLengths(Mask(width: mask.width + columns, height: mask.height + rows, values: values)),
      className: className, origin: origin)
  }

  /// Objects that formats have trouble with; each is 8 by 6 pixels.
  static let awkward: [AnnotatedObject] = [
    AnnotatedObject(
      "........", ".#####..", ".#...#..", ".#.#.#..", ".#####..", "........", className: "ring"),
    AnnotatedObject(
      "##......", "##......", "........", "......##", ".....###", "....####", className: "parts"),
    AnnotatedObject("........", "........", "...#....", "........", "........", "........", className: "dot"),
    AnnotatedObject(
      "########", "#......#", "#......#", "#......#", "#......#", "########", className: "frame"),
    AnnotatedObject("########", "########", "########", "########", "########", "########", className: "all"),
    AnnotatedObject(
      "#.......", ".#......", "..#.....", "...#....", "..#.#...", ".#...#..", className: "Ñandú 鸟 🦤"),
    AnnotatedObject(
      "#.#.#.#.", ".#.#.#.#", "#.#.#.#.", ".#.#.#.#", "#.#.#.#.", ".#.#.#.#",
      className: "a/b: \"c\", %\u{1B}[1m\nd'e#"),
    AnnotatedObject(".......#", "........", "........", "........", "........", "#......."),
    AnnotatedObject(
      "##....##", "#.####.#", ".#.##.#.", ".##..##.", "#.####.#", "##....##", className: "ring"),
  ]
}

extension RunLengths {
  /// A mask of random blots, some of which touch each other and the border.
  static func random(_ generator: inout SeededGenerator, width: Int, height: Int) -> RunLengths {
    var values = [UInt8](repeating: 0, count: width * height)
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let (x, y) = (
        Int.random(in: -3...width, using: &generator), Int.random(in: -3...height, using: &generator)
      )
      let (right, bottom) = (
        x + Int.random(in: 1...15, using: &generator), y + Int.random(in: 1...15, using: &generator)
      )
      for row in max(y, 0)..<max(min(bottom, height), max(y, 0)) {
        for column in max(x, 0)..<max(min(right, width), max(x, 0)) { values[row * width + column] ^= 255 }
      }
    }
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
      values[.random(in: 0..<values.count, using: &generator)] ^= 255
    }
    return RunLengths(Mask(width: width, height: height, values: values))
  }
}
