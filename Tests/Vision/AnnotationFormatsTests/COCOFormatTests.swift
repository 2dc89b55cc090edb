import AnnotationFormats
import Annotations
import Foundation
import Images
import TestSupport
import Testing
import VisionTasks

@Suite struct COCOFormatTests {
  private let format = AnnotationFormat.named("coco")!

  private static func coco(
    _ annotation: String, images: String = #"{"id":1,"file_name":"a.png","width":8,"height":6}"#
  ) -> String {
    #"{"images":[\#(images)],"categories":[{"id":1,"name":"cat"}],"annotations":[\#(annotation)]}"#
  }

  private static func annotation(_ segmentation: String, image: Int = 1, category: Int = 1) -> String {
    #"{"id":1,"image_id":\#(image),"category_id":\#(category),"segmentation":\#(segmentation)}"#
  }

  private static let square = annotation("[[1,1,4,1,4,4,1,4]]")

  /// Files and the messages that they lead to, after their paths.
  static let broken: [(String, String)] = [
    (coco(square).dropLast(5).description, "is not JSON"),
    ("{}", "images: is missing"),
    (coco("7"), "annotations[0]: is of the wrong kind"),
    (coco("\(square),\(annotation("7"))"), "annotations[1].segmentation: is of the wrong kind"),
    (coco("{}"), "annotations[0].image_id: is missing"),
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

  @Test func brokenFilesAreNamedWithTheirPlace() throws {
    try Scene.withTwoPhotos { scene, _ in
      for (text, expected) in Self.broken {
        let path = try scene.write(text, to: "coco.json")
        let message = scene.message(format, path)
        #expect(message.hasPrefix("\(path): \(expected)"), "\(message)")
      }
    }
  }

  /// Detectors write boxes alone, with an empty segmentation or none: prompts that wait for their masks.
  @Test func boxesBecomePrompts() throws {
    try Scene.withTwoPhotos { scene, photos in
      func box(_ numbers: String) -> String {
        #"{"id":3,"image_id":1,"category_id":1,"segmentation":[],"bbox":[\#(numbers)]}"#
      }
      let all = [box("1,1,3.5,3"), box("7.9,0,0,2"), box("-0.5,-0.5,9,7")].joined(separator: ",")
      let path = try scene.write(Self.coco("\(Self.square),\(all)"), to: "coco.json")
      let objects = try format.read(path, photos).photos[0].objects
      #expect(objects.map { $0.mask.area } == [9, 0, 0, 0])
      #expect(
        objects.map(\.prompts.box) == [
          nil, Box(x0: 1, y0: 1, x1: 4.5, y1: 4), Box(x0: 7, y0: 0, x1: 8, y1: 2),
          Box(x0: 0, y0: 0, x1: 8, y1: 6),
        ])
      let report = try AnnotationImport(format).run(path, photos: [scene.path("a.png")])
      #expect(report.boxes == 3 && report.lines[1] == "3 boxes get masks when opened")
      // One step, whose boxes are asked about one by one.
      var document = try #require(
        try JournalReading(path: Journal.path(forImage: scene.path("a.png"))).document())
      let questions = document.openQuestions.flatMap(\.questions)
      #expect(questions.map(\.object) == [4, 2, 3] && Set(questions.map(\.step)) == [1])
      let mask = RunLengths(width: 8, height: 6, rectangleFrom: .init(x: 1, y: 1), to: .init(x: 3, y: 3))
      document.setAnswer(.init(mask: mask, predictedIoU: 1), nil, for: 1, of: 3)
      #expect(document.objects.map(\.mask.area) == [9, 0, 4, 0])
      #expect(document.openQuestions.count == 2)
    }
  }

  @Test func wrongBoxesAreNamed() throws {
    try Scene.withTwoPhotos { scene, _ in
      for (box, expected) in [
        ("[1,1,3]", "annotations[0].bbox: has not four numbers"),
        ("[1,1,-3,2]", "annotations[0].bbox: -3.0x2.0 at 1.0,1.0 is no box inside of the photo of 8x6"),
        ("[1,1,3,1e300]", "annotations[0].bbox: 3.0x1e+300 at 1.0,1.0 is no box inside of the photo of 8x6"),
      ] {
        let text = Self.coco(#"{"id":3,"image_id":1,"category_id":1,"bbox":\#(box)}"#)
        let path = try scene.write(text, to: "coco.json")
        #expect(scene.message(format, path).hasPrefix("\(path): \(expected)"))
      }
    }
  }

  /// A category alone says nothing about pixels.
  @Test func annotationsWithoutPlaceAreCountedAndLeftOut() throws {
    try Scene.withTwoPhotos { scene, photos in
      let bare = #"{"id":3,"image_id":1,"category_id":1}"#
      let empty = Self.annotation("[]")
      let path = try scene.write(Self.coco("\(empty),\(Self.square),\(bare)"), to: "coco.json")
      let read = try format.read(path, photos)
      #expect(read.photos[0].objects.map { $0.mask.area } == [9] && read.withoutMask == 2)
      let report = try AnnotationImport(format).run(path, photos: [scene.path("a.png"), scene.path("b.png")])
      #expect(
        report.lines == [
          "1 object added to 1 photo: a.png", "2 annotations without a mask or a box left out",
        ])
    }
  }

  @Test func photosAreFoundByTheLastPartOfTheirNames() throws {
    try Scene.withTwoPhotos { scene, photos in
      let images = #"""
        {"id":1,"file_name":"train/x\\a.png","width":8,"height":6},{"id":2,"file_name":"z.png","width":9,"height":6}
        """#
      let others = Self.annotation("[[0,0,1,0,1,1]]", image: 2)
      let path = try scene.write(Self.coco("\(Self.square),\(others)", images: images), to: "coco.json")
      let read = try format.read(path, photos)
      #expect(read.photos.map(\.photo.name) == ["a.png"] && read.strangers == ["z.png"])
      #expect(read.photos[0].objects.map { $0.mask.area } == [9])
      #expect(read.photos[0].objects[0].className == "cat")
    }
  }

  /// The area and the box are those of the mask that readers see.
  @Test func areasOfPolygonsAreTheirOwn() throws {
    struct File: Decodable {
      struct Annotation: Decodable {
        var area: Int
        var bbox: [Int]
      }
      var annotations: [Annotation]
    }
    var generator = SeededGenerator(seed: 4)
    try Scene.with { scene in
      let mask = RunLengths.random(&generator, width: 40, height: 30)
      let photo = try scene.photo(
        "a.png", width: 40, height: 30, [AnnotatedObject(mask: mask, origin: .brush)])
      let (folder, losses) = try scene.export([photo], format, tolerance: 2)
      let file = try JSONDecoder().decode(
        File.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/instances.json")))
      let read = try format.read(folder + "/instances.json", PhotoIndex([photo.photo.path])).photos[0]
        .objects[0].mask
      let box = try #require(read.boundingBox)
      #expect(file.annotations[0].area == read.area)
      #expect(file.annotations[0].bbox == [box.x, box.y, box.width, box.height])
      #expect(losses.changedPixels == read.symmetricDifference(mask).area && losses.changedPixels > 0)
      #expect(losses.greatestDistance > 0 && losses.greatestDistance <= 2)
    }
  }
}
