import AnnotationFormats
import Annotations
import Foundation
import TestSupport
import Testing

/// Files that were damaged: an error in a line, or objects that fit, and never a trap.
@Suite struct DamageTests {
  @Test(arguments: AnnotationFormat.all.map(\.id))
  func missingFilesAreNamed(id: String) throws {
    let format = try #require(AnnotationFormat.named(id))
    try Scene.withTwoPhotos { scene, _ in
      let message = scene.message(format, scene.path("nowhere.json"))
      let reason =
        id == "png"
        ? "is the mask of one photo; name that with --to; nothing was imported"
        : "cannot be read (No such file or directory); check name and permissions"
      #expect(message.hasSuffix(reason), "\(message)")
    }
  }

  /// Damages every byte of small files, and cuts them off there; readers answer with an error of theirs or with objects
  /// of the photo's size.
  @Test(arguments: AnnotationFormat.all.map(\.id))
  func damageAtEveryByteIsHarmless(id: String) throws {
    let format = try #require(AnnotationFormat.named(id))
    var generator = SeededGenerator(seed: 31)
    try Scene.with { scene in
      let objects = [AnnotatedObject.awkward[0], .awkward[2], .awkward[5]]
      let photo = try scene.photo("a.png", width: 8, height: 6, objects)
      let folder = try scene.export([photo], format).folder
      let source = id == "coco" ? folder + "/instances.json" : folder
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        .filter { !InputFolder.isFolder("\(folder)/\($0)") }
      var outcomes = (errors: 0, objects: 0)
      for name in names {
        let url = URL(fileURLWithPath: "\(folder)/\(name)")
        let intact = try Data(contentsOf: url)
        for place in intact.indices {
          var flipped = intact
          flipped[place] ^= UInt8.random(in: 1...255, using: &generator)
          for damaged in [flipped, intact[..<place]] {
            try damaged.write(to: url)
            do throws(FormatError) {
              for photo in try format.read(source, PhotoIndex([photo.photo.path])).photos {
                #expect(photo.objects.allSatisfy { $0.mask.width == 8 && $0.mask.height == 6 })
              }
              outcomes.objects += 1
            } catch {
              #expect(!error.description.isEmpty && !error.description.contains("\n"))
              outcomes.errors += 1
            }
          }
        }
        try intact.write(to: url)
      }
      #expect(outcomes.errors > 100)
    }
  }
}

private enum InputFolder {
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
