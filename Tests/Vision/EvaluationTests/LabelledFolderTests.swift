import Evaluation
import Foundation
import Images
import Testing

@Suite struct LabelledFolderTests {
  static func mask(_ values: [UInt8], width: Int) -> Image {
    Image(width: width, height: values.count / width, pixels: values.flatMap { [$0, $0, $0] })
  }

  @Test func aMaskOf0And255IsOneObject() {
    let objects = LabelledFolder.objects(of: Self.mask([0, 255, 128, 255], width: 4))
    #expect(objects.map(\.labels) == [[.outside, .inside, .ignored, .inside]])
  }

  @Test func otherValuesNumberObjects() {
    var values = [UInt8](repeating: 0, count: 1000)
    values.replaceSubrange(0..<299, with: repeatElement(1, count: 299))
    values.replaceSubrange(300..<600, with: repeatElement(2, count: 300))
    values.replaceSubrange(600..<1000, with: repeatElement(255, count: 400))
    let objects = LabelledFolder.objects(of: Self.mask(values, width: 100))
    #expect(objects.map(\.area) == [300, 400])
  }

  @Test func coloursNumberObjects() {
    let red = [UInt8](repeating: 0, count: 3 * 300)
    let pixels =
      (0..<300).flatMap { _ in [UInt8]([200, 0, 0]) } + (0..<300).flatMap { _ in [UInt8]([0, 0, 200]) } + red
    let objects = LabelledFolder.objects(of: Image(width: 30, height: 30, pixels: pixels))
    #expect(objects.map(\.area) == [300, 300])
  }

  @Test func anEmptyMaskHasNoObject() {
    #expect(LabelledFolder.objects(of: Self.mask([0, 0], width: 2)).isEmpty)
  }

  @Test func aFolderPairsNames() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["images", "masks"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    for name in ["images/b.jpg", "images/a.PNG", "images/c.txt", "masks/a.png", "masks/b.png", "masks/z.png"]
    {
      try Data().write(to: folder.appendingPathComponent(name))
    }
    #expect(try LabelledFolder(folder.path).entries.map(\.stem) == ["a", "b"])
    #expect(throws: EvaluationError.missingFolder(path: "/nowhere/images")) { try LabelledFolder("/nowhere") }
  }
}
