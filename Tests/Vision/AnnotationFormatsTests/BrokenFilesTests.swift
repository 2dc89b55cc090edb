import AnnotationFormats
import Annotations
import Foundation
import Images
import Testing

/// Files that others broke: an error that names file and place, or objects that fit, and never a trap.
@Suite struct BrokenFilesTests {
  private static func coco(
    _ annotation: String, images: String = #"{"id":1,"file_name":"a.png","width":8,"height":6}"#
  ) -> String {
    #"{"images":[\#(images)],"categories":[{"id":1,"name":"cat"}],"annotations":[\#(annotation)]}"#
  }

  private static func annotation(_ segmentation: String, image: Int = 1, category: Int = 1) -> String {
    #"{"id":1,"image_id":\#(image),"category_id":\#(category),"segmentation":\#(segmentation)}"#
  }

  private static let square = annotation("[[1,1,4,1,4,4,1,4]]")

  /// A file and the message that it leads to, after its path.
  static let coco: [(String, String)] = [
    (coco(square).dropLast(5).description, "is not JSON"),
    ("{}", "images: is missing"),
    (coco("7"), "annotations[0]: is of the wrong kind"),
    (coco("\(square),\(annotation("7"))"), "annotations[1].segmentation: is of the wrong kind"),
    (coco("{}"), "annotations[0].image_id: is missing"),
    (coco(annotation("[]")), "annotations[0].segmentation: is empty"),
    (coco(annotation("[[1,1,4]]")), "annotations[0].segmentation[0]: has an x without y"),
    (
      coco(annotation("[[1,1,4,1]]")),
      "annotations[0].segmentation[0]: has 2 corners, a polygon has three or more"
    ),
    (
      coco(annotation("[[1,1,4,1,4,1e300]]")),
      "annotations[0].segmentation[0]: corner 3 at 4.0,1e+300 is outside of the photo of 8x6"
    ),
    (coco(annotation("[[1,1,4,1,4,1e999]]")), "is not JSON"),
    (coco(annotation("[[1,1,4,1,4,-2]]")), "annotations[0].segmentation[0]: corner 3 at 4.0,-2.0 is outside"),
    (
      coco(annotation(#"{"size":[6,9],"counts":[54]}"#)),
      "annotations[0].segmentation.size: is 9x6, the photo has 8x6"
    ),
    (
      coco(annotation(#"{"size":[6,8],"counts":[9223372036854775807,9223372036854775807]}"#)),
      "annotations[0].segmentation.counts: has runs of more pixels than its size of 48"
    ),
    (
      coco(annotation(#"{"size":[6,8],"counts":[-1,49]}"#)),
      "annotations[0].segmentation.counts: has a run of fewer"
    ),
    (
      coco(annotation(#"{"size":[6,8],"counts":"00"}"#)),
      "annotations[0].segmentation.counts: has runs of 0 pixels"
    ),
    (
      coco(annotation(#"{"size":[6,8],"counts":"ooooooooo"}"#)),
      "annotations[0].segmentation.counts: has too large"
    ),
    (
      coco(annotation(#"{"size":[3037000500,3037000500],"counts":[1]}"#)),
      "annotations[0].segmentation.counts: has 3037000500x3037000500 pixels"
    ),
    (coco(annotation("[]", image: 4)), "annotations[0].image_id: 4 is the id of no image"),
    (coco(annotation("[]", category: 4)), "annotations[0].category_id: 4 is the id of no category"),
    (
      coco("", images: #"{"id":1,"file_name":"a.png","width":9,"height":6}"#),
      "images[0]: a.png is of 9x6, the photo has 8x6"
    ),
    (
      coco(
        "",
        images:
          #"{"id":1,"file_name":"a.png","width":8,"height":6},{"id":1,"file_name":"b.png","width":8,"height":6}"#
      ),
      "images[1].id: 1 is there twice"
    ),
    (coco("", images: #"{"id":1,"file_name":"z.png","width":8,"height":6}"#), "tells of none of the photos"),
  ]

  private static func labelMe(_ shape: String) -> String {
    #"{"imagePath":"x/a.png","imageWidth":8,"imageHeight":6,"shapes":[\#(shape)]}"#
  }

  static let labelMe: [(String, String)] = [
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

  static let yolo: [(String, String)] = [
    ("cat 0.1 0.1", "line 1: does not begin with the number of a class"),
    ("0 0.1 0.1 0.5 0.5", "line 1: is a box"),
    ("\n7 0.1 0.1 0.5 0.5 0.1 0.9", "line 2: data.yaml has no name for class 7"),
    ("0 0.1 0.1 0.5 0.5 0.1", "line 1: has something else than pairs of numbers"),
    ("0 0.1 0.1 nan 0.5 0.1 0.1", "line 1: has something else than pairs of numbers"),
    ("0 0.1 0.1 1e9 0.5 0.1 0.1", "line 1: corner 2 at 8000000000.0,3.0 is outside"),
    ("0 0.1 0.1", "line 1: has 1 corners"),
  ]

  static let names: [(String, String)] = [
    ("nc: 1", "names: is missing"), ("names: 7", "line 1: names are neither"),
    ("names: [a, b", "line 1: the bracket"),
    ("names:\n  x: a", "line 2: is not a number"),
    ("names:\n  0: a\n  0: b", "line 3: class 0 is there twice"),
    ("names:\n  0: \"a", "line 2: is no name"),
  ]

  private func message(_ format: String, _ path: String, _ scene: Scene) -> String {
    do {
      let format = try #require(AnnotationFormat.named(format))
      let read = try AnnotationImport(format).read(path, photos: [scene.path("a.png"), scene.path("b.png")])
      return "read \(read.photos.map { $0.objects.count })"
    } catch {
      return "\(error)"
    }
  }

  @Test func theyAreNamedWithTheirPlace() throws {
    try Scene.with { scene in
      for name in ["a.png", "b.png"] { _ = try scene.photo(name, width: 8, height: 6) }
      for (text, expected) in Self.coco {
        let path = try scene.write(text, to: "coco.json")
        #expect(
          message("coco", path, scene).hasPrefix("\(path): \(expected)"), "\(message("coco", path, scene))")
      }
      for (text, expected) in Self.labelMe {
        let path = try scene.write(text, to: "labelme.json")
        #expect(
          message("labelme", path, scene).hasPrefix("\(path): \(expected)"),
          "\(message("labelme", path, scene))")
      }
      let yaml = try scene.write("names: [cat]\n", to: "data.yaml")
      for (text, expected) in Self.yolo {
        let path = try scene.write(text, to: "a.txt")
        #expect(
          message("yolo", path, scene).hasPrefix("\(path): \(expected)"), "\(message("yolo", path, scene))")
      }
      _ = try scene.write("", to: "a.txt")
      for (text, expected) in Self.names {
        _ = try scene.write(text, to: "data.yaml")
        #expect(
          message("yolo", yaml, scene).hasPrefix("\(yaml): \(expected)"), "\(message("yolo", yaml, scene))")
      }
      for format in AnnotationFormat.all {
        let missing = message(format.id, scene.path("nowhere.json"), scene)
        #expect(missing.contains("nowhere") || missing.contains("data.yaml"), "\(missing)")
      }
    }
  }

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
        let format = try #require(AnnotationFormat.named("png"))
        #expect(
          performing: { _ = try format.read(scene.path(name), PhotoIndex([photo.photo.path])) },
          throws: { error in
            "\(error)".hasPrefix("\(scene.path(name)): \(expected)")
          })
      }
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
