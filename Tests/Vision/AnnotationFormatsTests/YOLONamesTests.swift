import AnnotationFormats
import Annotations
import Testing

@Suite struct YOLONamesTests {
  /// The forms that others write names in.
  @Test(arguments: [
    "names: [cat, 'big dog', \"a, b\"]", "names:\n- cat\n- 'big dog'  # a comment\n- \"a, b\"\nnc: 3",
    "nc: 3\nnames:\n  0: cat\n\n  1: big dog\n  2: 'a, b'\npath: x", "names: {0: cat, 1: big dog, 2: 'a, b'}",
    "names: [cat,\n  big dog,\n  'a, b',]\nnc: 3", "names:\n  - cat\n  - big dog\n  - a, b\n",
  ])
  func formsOfNames(yaml: String) throws {
    try Scene.with { scene in
      let photo = try scene.photo("a.png", width: 8, height: 6)
      _ = try scene.write(yaml, to: "data.yaml")
      let lines = (0...2).map { "\($0) 0 0 1 0 1 1" }.joined(separator: "\n")
      let path = try scene.write(lines, to: "a.txt")
      let format = try #require(AnnotationFormat.named("yolo"))
      let read = try format.read(path, PhotoIndex([photo.photo.path]))
      #expect(read.photos[0].objects.map(\.className) == ["cat", "big dog", "a, b"])
    }
  }

  static let broken: [(String, String)] = [
    ("nc: 1", "names: is missing"), ("names: 7", "line 1: names are neither"),
    ("names: [a, b", "line 1: the bracket"),
    ("names:\n  x: a", "line 2: is not a number"),
    ("names:\n  0: a\n  0: b", "line 3: class 0 is there twice"),
    ("names:\n  0: \"a", "line 2: is no name"),
  ]

  @Test func brokenNamesAreNamedWithTheirLine() throws {
    let format = try #require(AnnotationFormat.named("yolo"))
    try Scene.withTwoPhotos { scene, _ in
      _ = try scene.write("", to: "a.txt")
      for (text, expected) in Self.broken {
        let path = try scene.write(text, to: "data.yaml")
        let message = scene.message(format, path)
        #expect(message.hasPrefix("\(path): \(expected)"), "\(message)")
      }
    }
  }
}
