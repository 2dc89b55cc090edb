import Tensors

/// A window over any number of spatial axes: the attributes that ONNX's convolutions and poolings share.
public struct SpatialWindow: Sendable, Hashable {
  /// Taps along each spatial axis.
  public var kernel: [Int]
  /// Elements between neighbouring positions.
  public var strides: [Int]
  /// Elements between neighbouring taps.
  public var dilations: [Int]
  /// Padding before the first element.
  public var before: [Int]
  /// Padding after the last element.
  public var after: [Int]

  /// Makes a window.
  public init(kernel: [Int], strides: [Int], dilations: [Int], before: [Int], after: [Int]) {
    self.kernel = kernel
    self.strides = strides
    self.dilations = dilations
    self.before = before
    self.after = after
  }

  /// Checks that the attributes are those of `rank` spatial axes.
  func check(rank: Int, _ operands: OperandTypes) throws(GraphError) {
    let lists = [
      ("kernel", kernel, 1), ("strides", strides, 1), ("dilations", dilations, 1), ("before", before, 0),
      ("after", after, 0),
    ]
    for (name, values, minimum) in lists {
      guard rank >= 1, values.count == rank,
        values.allSatisfy({ (minimum...OperandTypes.attributeLimit).contains($0) })
      else { throw operands.attributeError(name, values, "\(rank) numbers of \(minimum) or more") }
    }
  }

  /// Returns the window along each spatial axis of a value of `shape`.
  func slides(over shape: Shape) -> [SlidingWindow] {
    kernel.indices.map { axis in
      SlidingWindow(
        size: shape[axis + 2], kernel: kernel[axis], stride: strides[axis], dilation: dilations[axis],
        before: before[axis], after: after[axis])
    }
  }
}

extension SlidingWindow {
  /// Returns how many taps lie on the axis or its padding at `position`.
  func tapsWithinPadding(at position: Int) -> Int {
    var padded = self
    padded.size += before + after
    padded.before = 0
    padded.after = 0
    return padded.taps(onPixelsAt: position).count
  }
}

/// Returns all coordinates below `sizes`, the last axis fastest.
func rowMajorPositions(_ sizes: [Int]) -> [[Int]] {
  sizes.reduce([[]]) { positions, size in
    positions.flatMap { position in (0..<size).map { position + [$0] } }
  }
}
