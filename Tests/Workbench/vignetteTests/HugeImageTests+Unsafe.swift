import CTurboJPEG
import Foundation
import Testing

/// A photo of 100 megapixels opens and can be looked at within a bound of memory.
@Suite(.enabled(if: Program.isBuilt, "the program is not built"), .serialized)
struct HugeImageTests {
  /// The pixels, a third more for the reductions, and 200 MB for the program, its model and the file.
  private static let bound = 100_000_000 * 3 * 4 / 3 + 200_000_000

  @Test func opensWithinItsBoundOfMemory() async throws {
    try await Program.withFolder { folder in
      let photo = folder.appendingPathComponent("huge.jpg").path
      try Self.writeJPEG(side: 10_000, to: photo)
      let session = try TerminalSession([photo], environment: Program.environment())
      defer { session.end() }
      try #require(session.waitsForImage(after: 0, seconds: 60))
      for key in ["+", "+", "l", "0"] {
        let count = session.images.count
        session.send(key)
        try #require(session.waitsForImage(after: count))
      }
      #expect(Program.waits { session.isQuiet() })
      let peak = try #require(session.peakMemory)
      #expect(peak < Self.bound, "\(peak / 1_000_000) MB")
      #expect(peak > 300_000_000, "\(peak / 1_000_000) MB is less than the pixels: nothing was measured")
    }
  }

  /// Writes a square of grey waves.
  private static func writeJPEG(side: Int, to path: String) throws {
    var pixels = [UInt8](repeating: 0, count: side * side)
    for y in 0..<side { for x in 0..<side { pixels[y * side + x] = UInt8((x / 40 + y / 25) & 255) } }
    let encoder = try #require(tjInitCompress())
    defer { tjDestroy(encoder) }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count: UInt = 0
    defer { tjFree(bytes) }
    // The array has a byte for each pixel, and the library allocates what it writes.
    let status = tjCompress2(
      encoder, pixels, Int32(side), 0, Int32(side), TJPF_GRAY.rawValue, &bytes, &count,
      Int32(TJSAMP_GRAY.rawValue),
      80, 0)
    #expect(status == 0)
    try Data(bytes: try #require(bytes), count: Int(count)).write(to: URL(fileURLWithPath: path))
  }
}
