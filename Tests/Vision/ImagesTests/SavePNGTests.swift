import Foundation
import Images
import Testing

@Suite struct SavePNGTests {
  @Test(arguments: [(1, 1), (13, 7), (640, 480)])
  func imageComesBack(width: Int, height: Int) throws {
    let folder = try TemporaryFolder()
    let image = Image.noise(width: width, height: height)
    try ImageFile.savePNG(image, to: folder.file("image.png"), overwrite: false)
    #expect(try ImageFile.load(folder.file("image.png")) == image)
  }

  @Test func maskIsGrey() throws {
    let folder = try TemporaryFolder()
    let values = (0..<35).map { UInt8($0 * 7) }
    try ImageFile.savePNG(
      Mask(width: 7, height: 5, values: values), to: folder.file("mask.png"), overwrite: false)
    let image = try ImageFile.load(folder.file("mask.png"))
    #expect(image.pixels == values.flatMap { [$0, $0, $0] })
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.file("mask.png"))))
    #expect(Array(bytes[24..<26]) == [8, 0], "bit depth 8, colour type grey")
  }

  @Test func classesHaveThePalettesColours() throws {
    let folder = try TemporaryFolder()
    let palette: [(red: UInt8, green: UInt8, blue: UInt8)] = [(0, 0, 0), (200, 10, 20), (1, 2, 3)]
    let path = folder.file("classes.png")
    try ImageFile.savePNG(
      classes: [0, 1, 2, 2, 1, 0], width: 3, height: 2, palette: palette, to: path, overwrite: false)
    let image = try ImageFile.load(path)
    #expect(
      image.pixels == [0, 1, 2, 2, 1, 0].flatMap { [palette[$0].red, palette[$0].green, palette[$0].blue] })
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(Array(bytes[24..<26]) == [8, 3], "bit depth 8, colour type palette")
  }

  @Test func opacityIsAFourthChannel() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("cut.png")
    let image = Image(width: 2, height: 1, pixels: [10, 20, 30, 40, 50, 60])
    try ImageFile.savePNG(
      image, opacity: Mask(width: 2, height: 1, values: [255, 0]), to: path, overwrite: false)
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(Array(bytes[24..<26]) == [8, 6], "bit depth 8, colour type RGBA")
    #expect(try ImageFile.load(path).pixels == [10, 20, 30, 255, 255, 255], "read over white")
  }

  @Test func filesAreReplacedOnlyWhenAllowed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("precious".utf8, "mask.png")
    let mask = Mask(width: 2, height: 2)
    #expect(throws: ImageError.exists(path: path)) { try ImageFile.savePNG(mask, to: path, overwrite: false) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    try ImageFile.savePNG(mask, to: path, overwrite: true)
    #expect(try ImageFile.load(path).width == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mask.png"])
  }

  @Test func failureLeavesNothing() throws {
    let folder = try TemporaryFolder()
    let absent = folder.file("absent/mask.png")
    #expect(throws: ImageError.unwritable(path: absent, reason: "No such file or directory")) {
      try ImageFile.savePNG(Mask(width: 2, height: 2), to: absent, overwrite: false)
    }
    // A folder stands where the file should be.
    let occupied = folder.file("occupied")
    try FileManager.default.createDirectory(atPath: occupied, withIntermediateDirectories: false)
    #expect(throws: ImageError.self) {
      try ImageFile.savePNG(Mask(width: 2, height: 2), to: occupied, overwrite: true)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["occupied"])
  }
}
