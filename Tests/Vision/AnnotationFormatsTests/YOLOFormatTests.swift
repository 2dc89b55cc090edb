import AnnotationFormats
import Annotations
import Foundation
import Images
import Testing
import VisionTasks

@Suite struct YOLOFormatTests {
  private let format = AnnotationFormat.named("yolo")!

  static let broken: [(String, String)] = [
    ("cat 0.1 0.1", "line 1: does not begin with the number of a class"),
    ("0 0.1 0.1 0.5 0.5", "line 1: 4.0x3.0 at -1.2,"), ("0 0.5 0.5 0.5 -0.5", "line 1: 4.0x-3.0"),
    ("0 0.5 0.5 1e300 0.5", "line 1: 8e+300x3.0"),
    ("\n7 0.1 0.1 0.5 0.5 0.1 0.9", "line 2: data.yaml has no name for class 7"),
    ("0 0.1 0.1 0.5 0.5 0.1", "line 1: has something else than pairs of numbers"),
    ("0 0.1 0.1 nan 0.5 0.1 0.1", "line 1: has something else than pairs of numbers"),
    ("0 0.1 0.1 1e9 0.5 0.1 0.1", "line 1: corner 2 at 8000000000.0,3.0 is outside"),
    ("0 0.1 0.1", "line 1: has 1 corners"),
  ]

  @Test func brokenLinesAreNamed() throws {
    try Scene.withTwoPhotos { scene, _ in
      _ = try scene.write("names: [cat]\n", to: "data.yaml")
      for (text, expected) in Self.broken {
        let path = try scene.write(text, to: "a.txt")
        let message = scene.message(format, path)
        #expect(message.hasPrefix("\(path): \(expected)"), "\(message)")
      }
    }
  }

  /// Lines of detectors are centre and size.
  @Test func detectionsBecomePrompts() throws {
    try Scene.withTwoPhotos { scene, photos in
      _ = try scene.write("names: [cat, dog]\n", to: "data.yaml")
      let path = try scene.write("1 0.5 0.5 0.25 0.5\n0 0 0 1 0 1 1\n", to: "a.txt")
      let objects = try format.read(path, photos).photos[0].objects
      #expect(objects.map(\.className) == ["dog", "cat"] && objects[1].mask.area > 0)
      #expect(objects[0].mask.isEmpty && objects[0].prompts.box == Box(x0: 3, y0: 1.5, x1: 5, y1: 4.5))
    }
  }

  /// The file of names, its folder and the folder of labels below it all mean the same.
  @Test func sourcesAreFound() throws {
    try Scene.with { scene in
      let photo = try scene.photo("a.png", width: 8, height: 6, [AnnotatedObject.awkward[0]])
      let folder = try scene.export([photo], format).folder
      for source in ["", "/data.yaml", "/labels", "/labels/a.txt"] {
        let read = try format.read(folder + source, PhotoIndex([photo.photo.path]))
        #expect(read.photos.map { $0.objects.map(\.mask) } == [photo.objects.map(\.mask)])
      }
    }
  }
}
