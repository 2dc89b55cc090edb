import AnnotationFormats
import Annotations
import Foundation
import Testing
import VisionTasks

/// From journals to files and back into journals.
@Suite struct AnnotationImportTests {
  /// Writes a photo's objects into its journal.
  private func keep(_ photo: AnnotatedPhoto) throws {
    let journal = Journal(path: Journal.path(forImage: photo.photo.path))
    var document = try journal.open(image: photo.photo.name, width: photo.width, height: photo.height)
      .document
    document.add(photo.objects, verb: "draw")
    try journal.append(document.takeEntries())
    journal.close()
  }

  private func document(of photo: AnnotatedPhoto) throws -> Document? {
    let path = Journal.path(forImage: photo.photo.path)
    return FileManager.default.fileExists(atPath: path) ? try JournalReading(path: path).document() : nil
  }

  @Test(arguments: AnnotationFormat.all.map(\.id))
  func whatIsExportedIsImportedAsOneStep(id: String) throws {
    let format = try #require(AnnotationFormat.named(id))
    try Scene.with { scene in
      let photos = try AnnotatedObject.awkward.prefix(3).enumerated().map { index, object in
        try scene.photo("\(index).png", width: 8, height: 6, [object])
      }
      for photo in photos { try keep(photo) }
      let paths = photos.map(\.photo.path) + [try scene.photo("bare.png", width: 4, height: 4).photo.path]
      let options = ExportOptions(folder: scene.path("out"))
      let report = try AnnotationExport(format, options: options).run(photos: paths, overwrite: false)
      #expect(report.photos == 4 && report.objects == 3 && report.losses.isNone)
      #expect(throws: FormatError.self) {
        try AnnotationExport(format, options: options).run(photos: paths, overwrite: false)
      }
      _ = try AnnotationExport(format, options: options).run(photos: paths, overwrite: true)

      let source = scene.path(id == "coco" ? "out/instances.json" : "out")
      let imported = try AnnotationImport(format).run(source, photos: paths)
      #expect(imported.objects == 3 && imported.photos.sorted() == paths.dropLast().sorted())
      for photo in photos {
        var document = try #require(try document(of: photo))
        #expect(document.objects.map(\.mask) == [photo.objects[0].mask, photo.objects[0].mask])
        #expect(document.step.verb == "import")
        if id != "vignette" { #expect(document.objects[1].origin == .imported(id)) }
        document.undo()
        #expect(document.objects.count == 1)
      }
    }
  }

  @Test func ourOwnFormatKeepsEverything() throws {
    try Scene.with { scene in
      var object = AnnotatedObject.awkward[0]
      object.color = ObjectColor("#12ab34")
      object.origin = .model("face-parsing")
      object.prompts = ClickPrompts(
        clicks: [Click(x: 1.5, y: 2.25), Click(x: 3, y: 4, isPositive: false)],
        box: Box(x0: 0, y0: 1, x1: 7, y1: 5))
      let photo = try scene.photo("a.png", width: 8, height: 6, [object, AnnotatedObject.awkward[7]])
      let format = try #require(AnnotationFormat.named("vignette"))
      #expect(try scene.roundTrip([photo], format).photos == [photo])
    }
  }

  /// A journal that cannot be written leaves the others without the import too.
  @Test func nothingIsImportedByHalves() throws {
    try Scene.with { scene in
      let photos = try ["a.png", "b.png"].map {
        try scene.photo($0, width: 8, height: 6, [AnnotatedObject.awkward[0]])
      }
      let format = try #require(AnnotationFormat.named("coco"))
      let file = try scene.export(photos, format).folder + "/instances.json"
      try keep(photos[0])
      try keep(photos[1])
      let other = Journal(path: Journal.path(forImage: photos[1].photo.path))
      _ = try other.open(image: "b.png", width: 8, height: 6)
      #expect(throws: FormatError.journal(.locked(path: other.path))) {
        try AnnotationImport(format).run(file, photos: photos.map(\.photo.path))
      }
      other.close()
      #expect(try document(of: photos[0])?.objects.count == 1)
      _ = try AnnotationImport(format).run(file, photos: photos.map(\.photo.path))
      #expect(try document(of: photos[0])?.objects.count == 2)
    }
  }

  /// Documents that one photo cannot be added to, though it seemed so.
  private struct Failing: DocumentKeeping {
    let name: String

    func apply(_ step: ImportStep, to photo: AnnotatedPhoto) throws(FormatError) -> Document? {
      if step == .add, photo.photo.name == name { throw .unwritable(photo: name, reason: "the disk is full") }
      return try JournalDocuments(folder: nil).apply(step, to: photo)
    }
  }

  @Test func whatWasAddedBeforeAFailureIsTakenBack() throws {
    try Scene.with { scene in
      let photos = try ["a.png", "b.png", "c.png"].map {
        try scene.photo($0, width: 8, height: 6, [AnnotatedObject.awkward[0]])
      }
      let format = try #require(AnnotationFormat.named("labelme"))
      let folder = try scene.export(photos, format).folder
      #expect(throws: FormatError.unwritable(photo: "c.png", reason: "the disk is full")) {
        try AnnotationImport(format, documents: Failing(name: "c.png")).run(
          folder, photos: photos.map(\.photo.path))
      }
      for photo in photos { #expect(try document(of: photo)?.hasObjects ?? false == false) }
      #expect(!FileManager.default.fileExists(atPath: ProjectIndex(folder: scene.folder.path).path))
    }
  }

  /// What a project knows follows; marks of the user's stay, and names without a photo are told.
  @Test func projectsKnowOfImports() throws {
    try Scene.with { scene in
      let photos = try (0..<5).map { number in
        try scene.photo("\(number).png", width: 8, height: 6, number == 3 ? [] : [.awkward[number]])
      }
      let format = try #require(AnnotationFormat.named("coco"))
      let file = try scene.export(photos, format).folder + "/instances.json"
      let index = ProjectIndex(folder: scene.folder.path)
      try index.append(["0.png": ImageRecord(status: .done), "1.png": ImageRecord(status: .untouched)])
      var stages: [AnnotationImport.Progress] = []
      let report = try AnnotationImport(format).run(file, photos: photos.dropLast().map(\.photo.path)) {
        stages.append($0)
      }
      #expect(report.photos.map { Photo($0).name } == ["0.png", "1.png", "2.png"])
      #expect(report.strangers == ["4.png"] && report.objects == 3)
      #expect(
        try index.records() == [
          "0.png": ImageRecord(status: .done, classes: ["ring"]),
          "1.png": ImageRecord(status: .inProgress, classes: ["parts"]),
          "2.png": ImageRecord(status: .inProgress, classes: ["dot"]),
        ])
      #expect(report.records[photos[1].photo.path]?.classes == ["parts"] && report.records.count == 3)
      #expect(stages.filter { $0.stage == .writing }.map(\.done) == [0, 1, 2])
      #expect(stages.first?.stage == .reading && stages.first?.done == 0 && stages.first?.count == 9)
      #expect(stages.allSatisfy { $0.done < $0.count })
    }
  }

  @Test func whatFormatsCannotHoldIsCounted() throws {
    try Scene.with { scene in
      let empty = AnnotatedObject(mask: RunLengths(width: 8, height: 6), origin: .brush)
      let photo = try scene.photo("a.png", width: 8, height: 6, [.awkward[4], .awkward[2], empty])
      for format in AnnotationFormat.all {
        let losses = try scene.export([photo], format, to: format.id).losses
        #expect(losses.emptyObjects == (format.id == "vignette" ? 0 : 1))
        #expect(losses.coveredPixels == (format.id == "voc" ? 1 : 0))
      }
    }
  }

  @Test func numbersFollowTheOrderOfClasses() throws {
    try Scene.with { scene in
      let photo = try scene.photo("a.png", width: 8, height: 6, [.awkward[2]])
      var writer = try #require(AnnotationFormat.named("yolo")).makeWriter(
        ExportOptions(classNames: ["cat", "dot", "dog"]))
      let files = try writer.add(photo) + writer.finish()
      #expect(String(decoding: files[0].bytes, as: UTF8.self).hasPrefix("1 "))
      #expect(
        String(decoding: files[1].bytes, as: UTF8.self).contains("  0: \"cat\"\n  1: \"dot\"\n  2: \"dog\"\n")
      )
    }
  }
}
