import AnnotationFormats
import Annotations
import Foundation
import Images
import Testing

@Suite struct PNGMasksFormatTests {
  private let format = AnnotationFormat.named("png")!

  @Test func picturesOfAnotherSizeOrValueAreNamed() throws {
    try Scene.with { scene in
      let photo = try scene.photo("a.png", width: 8, height: 6)
      for (name, numbers, expected) in [
        (
          "large.png", NumberedImage(width: 9, height: 6, numbers: [UInt8](repeating: 1, count: 54)),
          "has 9x6 pixels"
        ),
        (
          "faint.png", NumberedImage(width: 8, height: 6, numbers: [UInt8](repeating: 1, count: 48)),
          "has pixels of 1"
        ),
      ] {
        try Data(numbers.png()).write(to: URL(fileURLWithPath: scene.path(name)))
        #expect(
          performing: { _ = try format.read(scene.path(name), PhotoIndex([photo.photo.path])) },
          throws: { error in
            "\(error)".hasPrefix("\(scene.path(name)): \(expected)")
          })
      }
    }
  }

  @Test func aLoneMaskNeedsOnePhoto() throws {
    try Scene.withTwoPhotos { scene, photos in
      let mask = NumberedImage(width: 8, height: 6, numbers: (0..<48).map { $0 < 5 ? 255 : 0 })
      try Data(mask.png()).write(to: URL(fileURLWithPath: scene.path("m.png")))
      #expect(throws: FormatError.self) { try format.read(scene.path("m.png"), photos) }
      let read = try format.read(scene.path("m.png"), PhotoIndex([scene.path("b.png")]))
      #expect(
        read.photos[0].objects.map { $0.mask.area } == [5] && read.photos[0].objects[0].className == nil)
    }
  }

  @Test func tooLongNamesAreRefused() throws {
    try Scene.with { scene in
      var object = AnnotatedObject.awkward[0]
      object.className = String(repeating: "鳥", count: 90)
      let photo = try scene.photo("a.png", width: 8, height: 6, [object])
      #expect(throws: FormatError.self) { try scene.export([photo], format) }
    }
  }
}
