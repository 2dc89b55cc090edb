import Images

/// The outlines of a part of a mask whose pixels share edges.
public struct MaskOutline: Sendable, Equatable {
  /// The corners of the line around the part, clockwise as one sees it; the last is joined with the first.
  public var outer: [ImagePlace]
  /// The corners of the lines around its holes, the other way round.
  public var holes: [[ImagePlace]]

  /// Makes an outline.
  public init(outer: [ImagePlace], holes: [[ImagePlace]] = []) {
    self.outer = outer
    self.holes = holes
  }

  /// All lines.
  public var rings: [[ImagePlace]] { [outer] + holes }
}

extension RunLengths {
  /// The outlines of the mask along the edges of its pixels, a part each, found by following the edges with the inside
  /// to the right (crack following, Rosenfeld 1970).
  ///
  /// Pixels that share only a corner belong to different parts unless they are joined elsewhere.
  ///
  /// - Parameter inset: How far inward, in pixels below 0.5, the lines are moved.
  public func outlines(inset: Double = 0) -> [MaskOutline] {
    guard let crop = boundingBox else { return [] }
    var edges = PixelEdges(pixels: pixels(in: crop), width: crop.width, height: crop.height)
    let components = RunComponents(self)
    var outlines = [MaskOutline](repeating: MaskOutline(outer: []), count: components.count)
    while let ring = edges.takeRing() {
      let places = ring.corners(inset: inset).map {
        ImagePlace(x: $0.x + Double(crop.x), y: $0.y + Double(crop.y))
      }
      let pixel = ring.pixelInside
      guard let part = components.component(x: crop.x + pixel.x, y: crop.y + pixel.y) else { continue }
      if ring.isOuter { outlines[part].outer = places } else { outlines[part].holes.append(places) }
    }
    return outlines
  }
}

/// The edges between inside and outside that no ring has taken yet.
private struct PixelEdges {
  /// A closed way along edges: where it turns, and into which direction it goes on from there.
  struct Ring {
    var turns: [(x: Int, y: Int, direction: Int)] = []
    /// Twice the area that it encloses, negative around a hole.
    private var area: Int {
      zip(turns, turns.dropFirst() + turns.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
    }
    var isOuter: Bool { area > 0 }

    /// A pixel to the right of the way.
    var pixelInside: (x: Int, y: Int) {
      let (x, y, direction) = turns[0]
      return switch direction {
      case 0: (x, y)
      case 1: (x - 1, y)
      case 2: (x - 1, y - 1)
      default: (x, y - 1)
      }
    }

    func corners(inset: Double) -> [ImagePlace] {
      zip(turns, turns.suffix(1) + turns.dropLast()).map { turn, before in
        let (one, two) = (
          PixelEdges.steps[(before.direction + 1) % 4], PixelEdges.steps[(turn.direction + 1) % 4]
        )
        return ImagePlace(
          x: Double(turn.x) + inset * Double(one.x + two.x), y: Double(turn.y) + inset * Double(one.y + two.y)
        )
      }
    }
  }

  /// Right, down, left, up.
  static let steps = [(x: 1, y: 0), (x: 0, y: 1), (x: -1, y: 0), (x: 0, y: -1)]

  private let columns: Int
  /// For each corner of pixels a bit for each direction in which an edge leaves it, the inside to the right.
  private var directions: [UInt8]
  /// Corners before this one have no edges left.
  private var next = 0

  init(pixels: [Bool], width: Int, height: Int) {
    columns = width + 1
    directions = [UInt8](repeating: 0, count: columns * (height + 1))
    for y in 0..<height {
      for x in 0..<width where pixels[y * width + x] {
        let corner = y * columns + x
        if y == 0 || !pixels[(y - 1) * width + x] { directions[corner] |= 1 << 0 }
        if x + 1 == width || !pixels[y * width + x + 1] { directions[corner + 1] |= 1 << 1 }
        if y + 1 == height || !pixels[(y + 1) * width + x] { directions[corner + columns + 1] |= 1 << 2 }
        if x == 0 || !pixels[y * width + x - 1] { directions[corner + columns] |= 1 << 3 }
      }
    }
  }

  /// Takes the ring with the uppermost, then leftmost corner; nil when none is left.
  mutating func takeRing() -> Ring? {
    while next < directions.count, directions[next] == 0 { next += 1 }
    guard next < directions.count else { return nil }
    let first = (corner: next, direction: directions[next].trailingZeroBitCount)
    var ring = Ring()
    var (corner, direction) = first
    // No edge of the ring leads to its first corner straight on: what is above or to the left of it is taken.
    ring.turns.append((corner % columns, corner / columns, direction))
    while true {
      let step = Self.steps[direction]
      directions[corner] &= ~(1 << UInt8(direction))
      corner += step.y * columns + step.x
      // Turning right stays with the same pixel, which keeps pixels that share only a corner apart.
      let ways = [direction + 1, direction, direction + 3].map { $0 % 4 }
      if corner == first.corner,
        ways.first(where: { isOpen(corner, $0) || $0 == first.direction }) == first.direction
      {
        return ring
      }
      guard let way = ways.first(where: { isOpen(corner, $0) }) else { return ring }
      if way != direction { ring.turns.append((corner % columns, corner / columns, way)) }
      direction = way
    }
  }

  private func isOpen(_ corner: Int, _ direction: Int) -> Bool {
    directions[corner] >> UInt8(direction) & 1 == 1
  }
}
