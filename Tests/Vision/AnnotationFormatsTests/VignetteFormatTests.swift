import AnnotationFormats
import Annotations
import Foundation
import Images
import Testing

@Suite struct VignetteFormatTests {
  private let format = AnnotationFormat.named("vignette")!

  private func file(_ object: String, version: Int = 1) -> String {
    #"{"format":"vignette-annotations","version":\#(version),"image":"a.png","width":8,"height":6,"objects":[\#(object)]}"#
  }

  private func object(_ more: String, origin: String = "brush", size: String = "[6,8]") -> String {
    #"{"origin":"\#(origin)","mask":{"size":\#(size),"counts":[48]},\#(more)}"#
  }

  @Test func brokenFilesAreNamedWithTheirPlace() throws {
    let broken: [(String, String)] = [
      (file("").replacing("vignette-annotations", with: "x"), "format: is not vignette-annotations"),
      (file("", version: 2), "version: 2 is newer"), (file("{}"), "objects[0].origin: is missing"),
      (file(object(#""clicks":[]"#, origin: "magic")), "objects[0].origin: magic is none"),
      (file(object(#""clicks":[[1,2]]"#)), "objects[0].clicks: have not three numbers"),
      (file(object(#""clicks":[[1,2e300,1]]"#)), "objects[0].clicks: are too far"),
      (file(object(#""clicks":[],"box":[1]"#)), "objects[0].box: has not four numbers"),
      (file(object(#""clicks":[],"color":"red""#)), "objects[0].color: is not of the form"),
      (file(object(#""clicks":[]"#, size: "[48,1]")), "objects[0].mask.size: is 1x48, the photo has 8x6"),
      (file("").replacing(#""width":8"#, with: #""width":9"#), "width: the file is about 9x6"),
    ]
    try Scene.withTwoPhotos { scene, _ in
      for (text, expected) in broken {
        let path = try scene.write(text, to: "x.json")
        let message = scene.message(format, path)
        #expect(message.hasPrefix("\(path): \(expected)"), "\(message)")
      }
    }
  }
}
