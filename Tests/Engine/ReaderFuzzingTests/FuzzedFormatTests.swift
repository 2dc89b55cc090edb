import Foundation
import ReaderFuzzing
import Testing

/// What the fuzzer runs, on the files that the readers' tests have: damaged ones among them, and some read as a format
/// that they are not.
@Suite struct FuzzedFormatTests {
  @Test(arguments: FuzzedFormat.allCases)
  func everyFixtureIsReadOrRefused(format: FuzzedFormat) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("ModelFormatsTests/Fixtures")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var (readable, refused) = (0, 0)
    for case let file as URL in files where !file.hasDirectoryPath {
      if format.read(file.path) == nil { readable += 1 } else { refused += 1 }
    }
    #expect(readable > 1 && refused > 10)
  }

  @Test func theFuzzersFunctionTakesAnyBytes() {
    for bytes in [[], [0], Array("TFL3".utf8), [UInt8](repeating: 0xFF, count: 100)] as [[UInt8]] {
      #expect(bytes.withUnsafeBufferPointer { fuzzOneInput($0.baseAddress, $0.count) } == 0)
    }
  }
}
