import Foundation
import Images
import Testing

@Suite struct ImageFileTests {
  @Test(arguments: Fixture.all.filter(\.isPNG))
  func pngDecodesExactly(_ fixture: Fixture) throws {
    #expect(try ImageFile.load(fixture.path) == fixture.image)
  }

  @Test(arguments: Fixture.all.filter { !$0.isPNG })
  func jpegDecodesClosely(_ fixture: Fixture) throws {
    let image = try ImageFile.load(fixture.path)
    try #require(image.width == fixture.image.width && image.height == fixture.image.height)
    let difference = image.difference(from: fixture.image)
    // Orientation fixtures are compared with the picture before compression.
    #expect(difference.largest <= 14 && difference.mean <= 2, "\(difference)")
  }

  @Test(arguments: Fixture.all)
  func sizesAreThoseOfLoadedImages(_ fixture: Fixture) throws {
    let size = try ImageFile.size(of: fixture.path)
    #expect(size == (fixture.image.width, fixture.image.height))
    let folder = try TemporaryFolder()
    #expect(throws: ImageError.self) { try ImageFile.size(of: try folder.write(fixture.bytes.prefix(20))) }
  }

  @Test func formatIsToldByContent() throws {
    let folder = try TemporaryFolder()
    for name in ["png-2-8.png", "jpeg-420.jpg"] {
      let fixture = try #require(Fixture.all.first { $0.name == name })
      let path = try folder.write(fixture.bytes, "picture.txt")
      #expect(try ImageFile.load(path).width == fixture.image.width)
    }
  }

  /// Cut at every byte, a file must be refused, never half shown.
  @Test(arguments: Fixture.all)
  func truncatedFilesAreRefused(_ fixture: Fixture) throws {
    let folder = try TemporaryFolder()
    let bytes = try fixture.bytes
    // The two bytes that end a JPEG file carry nothing.
    let ends = bytes.count > 200 ? Array(stride(from: 1, to: bytes.count - 2, by: 7)) : Array(1..<bytes.count)
    for end in ends {
      let path = try folder.write(bytes.prefix(end))
      do {
        _ = try ImageFile.load(path)
        Issue.record("cut at \(end) of \(bytes.count) bytes, \(fixture.name) was accepted")
      } catch {
        switch error {
        case .damaged, .notAnImage: expectOneLine(error, naming: path)
        default: Issue.record("cut at \(end): \(error)")
        }
      }
    }
  }

  /// Damage must never crash; whether it shows depends on where it is.
  @Test(arguments: Fixture.all)
  func damagedFilesDoNotCrash(_ fixture: Fixture) throws {
    let folder = try TemporaryFolder()
    let bytes = try fixture.bytes
    for position in stride(from: 8, to: bytes.count, by: 11) {
      var damaged = bytes
      damaged[position] ^= 0x5A
      let path = try folder.write(damaged)
      do {
        _ = try ImageFile.load(path, pixelLimit: 10_000)
      } catch {
        expectOneLine(error, naming: path)
      }
    }
  }

  @Test func filesThatAreNoImagesAreNamed() throws {
    let folder = try TemporaryFolder()
    let absent = folder.file("absent.png")
    #expect(throws: ImageError.absent(path: absent)) { try ImageFile.load(absent) }
    let below = try folder.write([1, 2, 3], "plain") + "/below.png"
    #expect(throws: ImageError.absent(path: below)) { try ImageFile.load(below) }
    #expect(throws: ImageError.directory(path: folder.path)) { try ImageFile.load(folder.path) }
    #expect(throws: ImageError.notAFile(path: "/dev/null")) { try ImageFile.load("/dev/null") }
    let empty = try folder.write([], "empty.png")
    #expect(throws: ImageError.empty(path: empty)) { try ImageFile.load(empty) }
    let text = try folder.write("Not a picture.\n".utf8, "text.png")
    #expect(throws: ImageError.notAnImage(path: text)) { try ImageFile.load(text) }
    let short = try folder.write([0x89, 0x50], "short.png")
    #expect(throws: ImageError.notAnImage(path: short)) { try ImageFile.load(short) }
    let pipe = folder.file("pipe.png")
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(throws: ImageError.notAFile(path: pipe)) { try ImageFile.load(pipe) }
  }

  @Test(.disabled(if: geteuid() == 0, "the superuser may read every file"))
  func unreadableFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Fixture.all[0].bytes, "secret.png")
    try #require(chmod(path, 0) == 0)
    #expect(throws: ImageError.unreadable(path: path, reason: "Permission denied")) {
      try ImageFile.load(path)
    }
  }

  @Test func hugeHeadersAreRefusedBeforeMemoryIsTaken() throws {
    let folder = try TemporaryFolder()
    let png = try folder.write(PNGBytes.file(width: 2_000_000_000, height: 2_000_000_000), "huge.png")
    #expect(
      throws: ImageError.tooManyPixels(
        path: png, width: 2_000_000_000, height: 2_000_000_000, limit: 400_000_000)
    ) { try ImageFile.load(png) }
    // The size in a JPEG file's frame header, behind marker, length and precision.
    var bytes = try #require(Fixture.all.first { $0.name == "jpeg-420.jpg" }).bytes
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
    let jpeg = try folder.write(bytes, "huge.jpg")
    #expect(
      throws: ImageError.tooManyPixels(path: jpeg, width: 65500, height: 65500, limit: 400_000_000)
    ) { try ImageFile.load(jpeg) }
  }

  @Test func pixelLimitIsInclusive() throws {
    let fixture = try #require(Fixture.all.first)
    let count = fixture.image.width * fixture.image.height
    #expect(try ImageFile.load(fixture.path, pixelLimit: count) == fixture.image)
    #expect(throws: ImageError.self) { try ImageFile.load(fixture.path, pixelLimit: count - 1) }
  }

  @Test func everyErrorIsOneLine() {
    let errors: [ImageError] = [
      .absent(path: "a"), .directory(path: "a"), .notAFile(path: "a"), .unreadable(path: "a", reason: "r"),
      .empty(path: "a"), .notAnImage(path: "a"), .tooManyBytes(path: "a", count: 2, limit: 1),
      .tooManyPixels(path: "a", width: 3, height: 4, limit: 1),
      .damaged(path: "a", format: "PNG", reason: "r"), .exists(path: "a"),
      .unwritable(path: "a", reason: "r"),
    ]
    for error in errors { expectOneLine(error, naming: "a") }
  }

  private func expectOneLine(_ error: ImageError, naming path: String) {
    let text = error.description
    #expect(text.hasPrefix("\(path): ") && !text.contains("\n") && text.contains("; "), "\(text)")
  }
}

/// The start of a PNG file of any promised size.
enum PNGBytes {
  static func file(width: UInt32, height: UInt32) -> [UInt8] {
    func bigEndian(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
    let header = Array("IHDR".utf8) + bigEndian(width) + bigEndian(height) + [8, 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bigEndian(13) + header
      + bigEndian(checksum(header)) + bigEndian(0) + Array("IDAT".utf8)
      + bigEndian(checksum(Array("IDAT".utf8)))
  }

  /// The cyclic redundancy check of a chunk.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
      }
    }
  }
}
