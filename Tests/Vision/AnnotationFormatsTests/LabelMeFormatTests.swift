import AnnotationFormats
import Annotations
import Foundation
import Images
import Testing

@Suite struct LabelMeFormatTests {
  private let format = AnnotationFormat.named("labelme")!

  private static func labelMe(_ shape: String) -> String {
    #"{"imagePath":"x/a.png","imageWidth":8,"imageHeight":6,"shapes":[\#(shape)]}"#
  }

  static let broken: [(String, String)] = [
    (
      #"{"imagePath":"a.png","imageWidth":8,"imageHeight":7,"shapes":[]}"#,
      "imageWidth: the file is about 8x7 pixels"
    ),
    (
      labelMe(#"{"label":"a","points":[[1,1]],"shape_type":"point"}"#),
      "shapes[0].points: are 1, a point has two"
    ),
    (
      labelMe(#"{"label":"a","points":[[1,1],[2,2]],"shape_type":"line"}"#),
      "shapes[0].shape_type: line has no pixels"
    ),
    (labelMe(#"{"label":"a","points":[[1,1],[2,2],[3]]}"#), "shapes[0].points: a point has not two numbers"),
    (labelMe(#"{"points":[]}"#), "shapes[0].label: is missing"),
    (
      labelMe(#"{"label":"a","points":[[1,1],[99,2]],"shape_type":"rectangle"}"#),
      "shapes[0].points: corner 2 at 99.0,2.0 is outside"
    ),
    (
      labelMe(#"{"label":"a","points":[[1,1],[2,2]],"shape_type":"mask","mask":"?"}"#), "shapes[0].mask: "
    ),
    (
      labelMe(
        #"{"label":"a","points":[[7,1],[8,2]],"shape_type":"mask","mask":"\#(picture(4, 4))"}"#),
      "shapes[0].mask: 4x4 pixels at 7,1 are not inside of the photo of 8x6"
    ),
  ]

  private static func picture(_ width: Int, _ height: Int, _ value: UInt8 = 1) -> String {
    let numbers = [UInt8](repeating: value, count: width * height)
    return Data((try? NumberedImage(width: width, height: height, numbers: numbers).png()) ?? [])
      .base64EncodedString()
  }

  @Test func brokenFilesAreNamedWithTheirPlace() throws {
    try Scene.withTwoPhotos { scene, _ in
      for (text, expected) in Self.broken {
        let path = try scene.write(text, to: "labelme.json")
        let message = scene.message(format, path)
        #expect(message.hasPrefix("\(path): \(expected)"), "\(message)")
      }
    }
  }

  @Test func allShapesWithPixelsAreRead() throws {
    let shapes = #"""
      {"label":"a","points":[[1,1],[4,3]],"shape_type":"rectangle"},
      {"label":"b","points":[[4,3],[4,5]],"shape_type":"circle","group_id":3},
      {"label":"b","points":[[0,0],[1,0],[1,1],[0,1]],"shape_type":"polygon","group_id":3},
      {"label":"c","points":[[0,0],[1,0],[1,1],[0,1]],"group_id":3},
      {"label":"d","points":[[5,1],[6,3]],"shape_type":"mask","mask":"PICTURE"}
      """#.replacing("PICTURE", with: Self.picture(2, 3))
    try Scene.withTwoPhotos { scene, photos in
      let read = try format.read(try scene.write(Self.labelMe(shapes), to: "x.json"), photos)
      let objects = try #require(read.photos.first).objects
      #expect(objects.map(\.className) == ["a", "b", "c", "d"])
      // A circle of radius 2 around a corner of pixels holds 12 of their centres.
      #expect(objects.map { $0.mask.area } == [6, 13, 1, 6])
      #expect(objects[3].mask.boundingBox == PixelRect(x: 5, y: 1, width: 2, height: 3))
    }
  }

  /// A file about one photo is about the photo that is named, and a way leads from it to the photo that it is about.
  @Test func photosAreFound() throws {
    try Scene.with { scene in
      let photo = try scene.photo("a.png", width: 8, height: 6, [AnnotatedObject.awkward[1]])
      let folder = try scene.export([photo], format, to: "out/deep").folder
      let text = try String(contentsOfFile: folder + "/a.json", encoding: .utf8)
      #expect(text.contains(#""imagePath":"../../a.png""#))
      let other = try scene.photo("renamed.png", width: 8, height: 6)
      #expect(
        try format.read(folder + "/a.json", PhotoIndex([other.photo.path])).photos[0].objects.count == 1)
      let both = PhotoIndex([other.photo.path, photo.photo.path])
      #expect(try format.read(folder + "/a.json", both).photos.map(\.photo.name) == ["a.png"])
    }
  }
}
