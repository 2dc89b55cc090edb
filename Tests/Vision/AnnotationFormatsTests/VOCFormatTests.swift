import AnnotationFormats
import Annotations
import Foundation
import Images
import Testing

@Suite struct VOCFormatTests {
  private let format = AnnotationFormat.named("voc")!

  private func write(_ numbers: [UInt8], _ name: String, _ scene: Scene) throws {
    let url = scene.folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let picture = NumberedImage(
      width: 8, height: 6, numbers: numbers + [UInt8](repeating: 0, count: 48 - numbers.count))
    try Data(picture.png()).write(to: url)
  }

  /// As VOC's own challenge has them: no file of names, borders that belong to nothing.
  @Test func theChallengesFilesAreRead() throws {
    try Scene.withTwoPhotos { scene, photos in
      try write([15, 255, 8, 8, 15], "SegmentationClass/a.png", scene)
      #expect(
        try format.read(scene.folder.path, photos).photos[0].objects.map(\.className) == ["cat", "person"])
      try write([1, 255, 2, 2, 3], "SegmentationObject/a.png", scene)
      for source in [
        scene.folder.path, scene.path("SegmentationClass"), scene.path("SegmentationClass/a.png"),
      ] {
        let objects = try format.read(source, photos).photos[0].objects
        #expect(objects.map(\.className) == ["person", "cat", "person"])
        #expect(objects.map { $0.mask.area } == [1, 2, 1])
      }
    }
  }

  @Test func brokenFilesAreNamed() throws {
    try Scene.withTwoPhotos { scene, _ in
      func expect(_ expected: String) {
        let message = scene.message(format, scene.folder.path)
        #expect(message.contains(expected), "\(message)")
      }
      try write([1, 2], "SegmentationClass/a.png", scene)
      try write([4, 4], "SegmentationObject/a.png", scene)
      expect("SegmentationObject/a.png: object 4: has pixels of the classes 1 and 2")
      try write([1, 99], "SegmentationClass/a.png", scene)
      try write([4, 5], "SegmentationObject/a.png", scene)
      expect("SegmentationClass/a.png: class 99: has no name in labelmap.txt")
      _ = try scene.write("cat:1,2,3::\n", to: "labelmap.txt")
      expect("labelmap.txt: line 1: has no name and colour of VOC")
      _ = try scene.write("# names\ncat:128,0,0::\ndog:128,0,0::\n", to: "labelmap.txt")
      expect("labelmap.txt: line 3: has a colour that is there already")
    }
  }

  @Test func thereAreNumbersFor254Objects() throws {
    try Scene.with { scene in
      let dot = AnnotatedObject.awkward[2]
      for count in [254, 255] {
        let photo = try scene.photo(
          "a.png", width: 8, height: 6, [AnnotatedObject](repeating: dot, count: count))
        if count == 254 {
          #expect(try scene.export([photo], format).losses.coveredPixels == 253)
        } else {
          #expect(throws: FormatError.self) { try scene.export([photo], format) }
        }
      }
    }
  }
}
