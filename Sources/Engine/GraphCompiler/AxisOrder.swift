import Graphs

/// The order in which a value's axes lie in memory, outermost first; the compiled plan's answer to "which layout".
///
///     AxisOrder.rowMajor(rank: 3)  // 0, 1, 2
///     AxisOrder.channelsLast       // 0, 2, 3, 1: images as batch, height, width, channels
public struct AxisOrder: Hashable, Sendable, CustomStringConvertible {
  /// The logical axes, outermost first, each once.
  public let axes: [Int]

  /// Makes an order of all axes, each named once.
  public init(_ axes: [Int]) {
    precondition(axes.sorted() == Array(axes.indices), "\(axes) does not name each axis once")
    self.axes = axes
  }

  /// The logical order itself.
  public static func rowMajor(rank: Int) -> AxisOrder { AxisOrder(Array(0..<rank)) }

  /// Images with the channels of a pixel side by side.
  public static let channelsLast = AxisOrder([0, 2, 3, 1])

  public var description: String { axes.map(String.init).joined(separator: ",") }

  /// Returns the elements between neighbours along each logical axis of a dense value.
  package func strides(for dimensions: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: dimensions.count)
    var stride = 1
    for axis in axes.reversed() {
      strides[axis] = stride
      stride *= dimensions[axis]
    }
    return strides
  }

  /// Returns the order of the value that `Transpose(permutation:)` makes of a value in this order by moving nothing.
  package func transposed(_ permutation: [Int]) -> AxisOrder {
    AxisOrder(axes.map { axis in permutation.firstIndex(of: axis)! })
  }

  /// Whether dense values of `dimensions` lie equally in both orders; axes of one element do not matter.
  public func isEquivalent(to other: AxisOrder, for dimensions: [Int]) -> Bool {
    axes.filter { dimensions[$0] != 1 } == other.axes.filter { dimensions[$0] != 1 }
  }
}

extension StridedView {
  /// The order in which the axes lie in memory, farthest apart first; an axis of one element stands with its left neighbour.
  package var order: AxisOrder {
    var reach = Int.max
    let reaches = dimensions.indices.map { axis in
      if dimensions[axis] != 1 { reach = strides[axis] * dimensions[axis] }
      return reach
    }
    return AxisOrder(dimensions.indices.sorted { (-reaches[$0], $0) < (-reaches[$1], $1) })
  }
}
