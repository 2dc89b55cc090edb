import Images

/// A mask without loss as COCO keeps it: the lengths of its runs outside and inside the object, in turn, down each
/// column from the left.
///
///     RunLengths(mask).mask == mask    // for a mask of 0 and 255
///
/// Invariants: `counts` begins with a run outside, which alone may be 0, and sums to `width` * `height`; equal masks
/// have equal counts.
public struct RunLengths: Sendable, Hashable {
  /// The most pixels that a size read from a file may promise; as many as an image file may have.
  public static let pixelLimit = 400_000_000

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Pixels outside, inside, outside and so on, column by column.
  public let counts: [Int]

  /// Makes a mask with nothing inside.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "A mask has pixels, this one is \(width)x\(height)")
    self.init(width: width, height: height, runs: RunBuilder(outside: width * height))
  }

  /// Makes a mask of runs that fill its columns.
  init(width: Int, height: Int, runs: RunBuilder) {
    self.width = width
    self.height = height
    counts = runs.counts
  }

  /// Makes a mask of runs that a file holds; runs of no pixels are joined with their neighbours.
  ///
  /// - Throws: `AnnotationError.damagedMask`.
  public init(width: Int, height: Int, counts: some Sequence<Int>) throws(AnnotationError) {
    let pixelCount = try Self.pixelCount(width: width, height: height)
    var runs = RunBuilder()
    var sum = 0
    var isInside = false
    for count in counts {
      guard count >= 0 else { throw .damagedMask(.negativeRun) }
      guard count <= pixelCount - sum else { throw .damagedMask(.tooManyPixels(expected: pixelCount)) }
      runs.append(count, isInside: isInside)
      sum += count
      isInside.toggle()
    }
    guard sum == pixelCount else { throw .damagedMask(.tooFewPixels(found: sum, expected: pixelCount)) }
    self.init(width: width, height: height, runs: runs)
  }

  /// Makes a mask whose pixels, counted down each column from the left, change between outside and inside before each of
  /// the ascending `changes`, of which none is beyond the last pixel; two that are equal do nothing.
  public init(width: Int, height: Int, changes: some Sequence<Int>) {
    self.init(
      width: width, height: height, runs: RunBuilder(changes: changes, pixelCount: width * height))
  }

  /// Checks a size that a file promises before it is reckoned with.
  private static func pixelCount(width: Int, height: Int) throws(AnnotationError) -> Int {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, count <= pixelLimit else {
      throw .damagedMask(.size(width: width, height: height))
    }
    return count
  }

  /// Whether nothing is inside.
  public var isEmpty: Bool { counts.count == 1 }

  /// The number of pixels inside.
  public var area: Int { insideRuns.reduce(0) { $0 + $1.count } }

  /// The runs inside, as ranges of pixels counted down each column from the left.
  var insideRuns: some Sequence<Range<Int>> {
    sequence(state: (index: 1, end: 0)) { [counts] next -> Range<Int>? in
      guard next.index < counts.count else { return nil }
      let start = next.end + counts[next.index - 1]
      next = (next.index + 2, start + counts[next.index])
      return start..<next.end
    }
  }

  /// Calls a body with the runs inside within each column, from the left, each column's from the top.
  public func forEachPiece(_ body: (_ x: Int, _ rows: Range<Int>) -> Void) {
    for run in insideRuns {
      var start = run.lowerBound
      while start < run.upperBound {
        let x = start / height
        let end = min(run.upperBound, (x + 1) * height)
        body(x, start - x * height..<end - x * height)
        start = end
      }
    }
  }

  /// The smallest rectangle that holds every pixel inside; nil when there is none.
  public var boundingBox: PixelRect? {
    var (left, right, top, bottom) = (width, -1, height, -1)
    for run in insideRuns {
      let last = run.upperBound - 1
      left = min(left, run.lowerBound / height)
      right = last / height
      // A run that goes on into the next column touches the bottom of one and the top of the other.
      let isInOneColumn = run.lowerBound / height == right
      top = isInOneColumn ? min(top, run.lowerBound % height) : 0
      bottom = isInOneColumn ? max(bottom, last % height) : height - 1
    }
    guard right >= 0 else { return nil }
    return PixelRect(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }
}

/// Runs in the making: joins neighbours of the same kind.
struct RunBuilder {
  private(set) var counts = [0]

  init(outside count: Int = 0) { counts = [count] }

  /// Adds pixels behind all others.
  mutating func append(_ count: Int, isInside: Bool) {
    guard count > 0 else { return }
    if isInside == counts.count.isMultiple(of: 2) {
      counts[counts.count - 1] += count
    } else {
      counts.append(count)
    }
  }

  /// Makes runs of `pixelCount` pixels that change between outside and inside before each of the ascending `changes`.
  init(changes: some Sequence<Int>, pixelCount: Int) {
    var last = 0
    var isInside = false
    for change in changes {
      append(change - last, isInside: isInside)
      last = change
      isInside.toggle()
    }
    append(pixelCount - last, isInside: isInside)
  }
}
