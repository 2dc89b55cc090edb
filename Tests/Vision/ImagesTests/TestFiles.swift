import Foundation
import Images
import Testing

/// A folder for a test's own files, removed at the end.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "vignette-images-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and returns its path.
  func write(_ bytes: some Sequence<UInt8>, _ name: String = "file") throws -> String {
    try Data(Array(bytes)).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}

/// A stored picture and the pixels it must decode to.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String
  let image: Image

  static let folder = Bundle.module.resourceURL!.appendingPathComponent("Fixtures")

  /// All fixtures, as `make_fixtures.py` lists them.
  static let all: [Fixture] = {
    struct Entry: Decodable { var width, height, offset: Int }
    do {
      let index = try JSONDecoder().decode(
        [String: Entry].self, from: Data(contentsOf: folder.appendingPathComponent("index.json")))
      let pixels = try [UInt8](Data(contentsOf: folder.appendingPathComponent("expected.bin")))
      return index.sorted { $0.key < $1.key }.map { name, entry in
        let end = entry.offset + 3 * entry.width * entry.height
        return Fixture(
          name: name,
          image: Image(
            width: entry.width, height: entry.height, pixels: Array(pixels[entry.offset..<end])))
      }
    } catch {
      preconditionFailure("the fixtures are unreadable: \(error)")
    }
  }()

  var path: String { Self.folder.appendingPathComponent(name).path }
  var bytes: [UInt8] { get throws { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) } }
  var isPNG: Bool { name.hasSuffix(".png") }
  var testDescription: String { name }
}

extension Image {
  /// A picture of pseudo-random pixels.
  static func noise(width: Int, height: Int, seed: UInt64 = 1) -> Image {
    var state = seed
    let pixels = (0..<3 * width * height).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// The largest difference of any sample, and the mean difference.
  func difference(from other: Image) -> (largest: Int, mean: Double) {
    let differences = zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }
    return (differences.max()!, Double(differences.reduce(0, +)) / Double(differences.count))
  }
}
