import AnnotationFormats
import Annotations
import Foundation
import Images
import TestSupport
import Testing

/// The libraries that others read and write the formats with: pycocotools, labelme and Pillow.
@Suite(
  .enabled(
    if: OtherReaders.areThere, "VIGNETTE_PYTHON names no Python with the libraries; see Scripts/check-formats"
  ))
struct OtherReadersTests {
  /// What they read is what was annotated.
  @Test func othersReadTheMasks() throws {
    var generator = SeededGenerator(seed: 21)
    try Scene.with { scene in
      var photos = try AnnotatedObject.awkward.enumerated().map { index, object in
        try scene.photo("Überfoto \(index).png", width: 8, height: 6, [object])
      }
      // Some readers take no photos as small as these.
      photos += try AnnotatedObject.awkward.enumerated().map { index, object in
        try scene.photo("größer \(index).png", width: 18, height: 14, [object.padded(columns: 10, rows: 8)])
      }
      photos.append(try scene.photo("leer.png", width: 15, height: 14))
      for index in 0..<60 {
        let (width, height) = (
          Int.random(in: 2...40, using: &generator), Int.random(in: 2...40, using: &generator)
        )
        let objects = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
          AnnotatedObject(
            mask: .random(&generator, width: width, height: height),
            className: ["cat", "dög"].randomElement(using: &generator),
            origin: .brush)
        }
        photos.append(
          try scene.photo("\(index).png", width: width, height: height, objects.filter { !$0.mask.isEmpty }))
      }
      for (id, tolerance, name) in [
        ("coco", nil, "coco"), ("coco", 0, "polygons"), ("labelme", nil, "labelme"), ("yolo", nil, "yolo"),
        ("voc", nil, "voc"), ("png", nil, "png"),
      ] as [(String, Double?, String)] {
        let format = try #require(AnnotationFormat.named(id))
        try scene.export(photos, format, tolerance: tolerance, to: name)
      }
      let truth = photos.map { photo in
        let objects = photo.objects.map { ["class": $0.className, "counts": $0.mask.text] }
        return (photo.photo.name, OtherReaders.Truth(size: [photo.height, photo.width], objects: objects))
      }
      try JSONEncoder().encode(Dictionary(uniqueKeysWithValues: truth))
        .write(to: scene.folder.appendingPathComponent("truth.json"))
      let run = try OtherReaders.run("read", scene.folder.path)
      #expect(run.status == 0, "\(run.output)")
    }
  }

  /// What they write is read as they read it.
  @Test func othersFilesAreReadAsTheyReadThem() throws {
    try Scene.with { scene in
      let run = try OtherReaders.run("write", scene.folder.path)
      try #require(run.status == 0, "\(run.output)")
      let expected = try JSONDecoder().decode(
        [String: OtherReaders.Truth].self,
        from: Data(contentsOf: scene.folder.appendingPathComponent("expected.json")))
      #expect(expected.count == 24)
      let photos = PhotoIndex(expected.keys.map(scene.path))
      let coco = try #require(AnnotationFormat.named("coco")).read(scene.path("others.json"), photos)
      let labelMe = try #require(AnnotationFormat.named("labelme")).read(scene.path("others"), photos)
      #expect(coco.photos.count == 24 && labelMe.photos.count == 24)
      for photo in coco.photos {
        let truth = try #require(expected[photo.photo.name])
        #expect(photo.objects.map { $0.mask.text } == truth.objects.map { $0["counts"] })
        #expect(photo.objects.map(\.className) == truth.objects.map { $0["class"] ?? nil })
      }
      for photo in labelMe.photos {
        #expect(photo.objects.map { $0.mask.text } == expected[photo.photo.name]?.labelme)
      }
    }
  }
}

/// The script that uses the libraries.
enum OtherReaders {
  struct Truth: Codable {
    var size: [Int]
    var objects: [[String: String?]]
    var labelme: [String]?
  }

  private static let script = Bundle.module.resourceURL!.appendingPathComponent("Fixtures/other_readers.py")
    .path

  static let areThere = (try? run("probe", "").status) == 0

  static func run(_ verb: String, _ folder: String) throws -> (status: Int32, output: String) {
    guard let python = ProcessInfo.processInfo.environment["VIGNETTE_PYTHON"] else {
      return (69, "no interpreter")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, verb, folder]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
