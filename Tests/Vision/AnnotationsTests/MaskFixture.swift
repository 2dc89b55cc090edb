import Annotations
import Foundation
import Images
import TestSupport
import Testing

/// A mask and what pycocotools says of it.
struct MaskFixture: CustomTestStringConvertible, Sendable {
  let name: String
  let mask: Mask
  let counts: String
  let area: Int
  let box: PixelRect?

  static let folder = Bundle.module.resourceURL!.appendingPathComponent("Fixtures")

  /// All fixtures, as `make_fixtures.py` wrote them.
  static let all: [MaskFixture] = {
    struct Entry: Decodable {
      var width, height, area: Int
      var pixels, counts: String
      var box: [Int]
    }
    do {
      let entries = try JSONDecoder().decode(
        [String: Entry].self, from: Data(contentsOf: folder.appendingPathComponent("masks.json")))
      return entries.sorted { $0.key < $1.key }.map { name, entry in
        let bits = entry.pixels.flatMap { digit in
          (0..<4).map { Int(String(digit), radix: 16)! >> (3 - $0) & 1 }
        }
        let values = bits.prefix(entry.width * entry.height).map { UInt8($0 * 255) }
        let box = PixelRect(x: entry.box[0], y: entry.box[1], width: entry.box[2], height: entry.box[3])
        return MaskFixture(
          name: name, mask: Mask(width: entry.width, height: entry.height, values: values),
          counts: entry.counts, area: entry.area, box: box.isEmpty ? nil : box)
      }
    } catch {
      preconditionFailure("the fixtures are unreadable: \(error)")
    }
  }()

  var runs: RunLengths { RunLengths(mask) }
  var testDescription: String { name }
}

extension Mask {
  /// A mask of 0 and 255 with blots of random size, which have holes and parts and touch borders.
  static func random(_ generator: inout SeededGenerator, width: Int? = nil, height: Int? = nil) -> Mask {
    let (width, height) = (
      width ?? .random(in: 1...40, using: &generator), height ?? .random(in: 1...40, using: &generator)
    )
    var mask = Mask(width: width, height: height)
    var values = mask.values
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      let (x, y) = (
        Int.random(in: -3...width, using: &generator), Int.random(in: -3...height, using: &generator)
      )
      let right = x + .random(in: 1...15, using: &generator)
      let bottom = y + .random(in: 1...15, using: &generator)
      for row in max(y, 0)..<max(min(bottom, height), max(y, 0)) {
        for column in max(x, 0)..<max(min(right, width), max(x, 0)) { values[row * width + column] ^= 255 }
      }
    }
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
      values[.random(in: 0..<values.count, using: &generator)] ^= 255
    }
    mask.values = values
    return mask
  }
}
