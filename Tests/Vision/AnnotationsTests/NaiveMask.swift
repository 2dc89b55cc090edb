import Annotations
import Images
import TestSupport

/// A mask pixel by pixel, for references that are as simple as can be.
struct NaiveMask: Equatable {
  var width: Int
  var height: Int
  var pixels: [Bool]

  init(width: Int, height: Int, _ isInside: (Int, Int) -> Bool) {
    self.width = width
    self.height = height
    pixels = (0..<width * height).map { isInside($0 % width, $0 / width) }
  }

  init(_ mask: RunLengths) {
    let mask = mask.mask
    self.init(width: mask.width, height: mask.height) { mask[$0, $1] }
  }

  /// A mask of random blots, some of which touch each other and the border.
  static func random(seed: Int) -> NaiveMask {
    var generator = SeededGenerator(seed: UInt64(seed) &* 977 &+ 5)
    let width = Int.random(in: 1...24, using: &generator)
    let height = Int.random(in: 1...20, using: &generator)
    let density = Double.random(in: 0.05...0.95, using: &generator)
    return NaiveMask(width: width, height: height) { _, _ in
      Double.random(in: 0..<1, using: &generator) < density
    }
  }

  subscript(x: Int, y: Int) -> Bool? {
    (0..<width).contains(x) && (0..<height).contains(y) ? pixels[y * width + x] : nil
  }

  var runs: RunLengths {
    RunLengths(Mask(width: width, height: height, values: pixels.map { $0 ? 255 : 0 }))
  }

  /// The pixels that are reached from one over pixels of the same kind.
  func region(x: Int, y: Int, corners: Bool) -> Set<Int> {
    var region: Set<Int> = [y * width + x]
    var waiting = [(x, y)]
    while let (x, y) = waiting.popLast() {
      for dy in -1...1 {
        for dx in -1...1 where corners || dx == 0 || dy == 0 {
          let place = (y + dy) * width + x + dx
          guard self[x + dx, y + dy] == self[x, y], region.insert(place).inserted else { continue }
          waiting.append((x + dx, y + dy))
        }
      }
    }
    return region
  }

  func touchesBorder(_ region: Set<Int>) -> Bool {
    region.contains {
      $0 % width == 0 || $0 % width == width - 1 || $0 / width == 0 || $0 / width == height - 1
    }
  }
}
