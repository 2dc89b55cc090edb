/// The dimensions of a tensor, outermost first; a scalar has none.
///
///     let shape: Shape = [1, 3, 320, 320]
///     shape.elementCount  // 307200
///
/// Invariant: no dimension is negative and the element count fits an `Int`.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The dimensions, outermost first.
  public let dimensions: [Int]

  /// The product of all dimensions; 1 for a scalar.
  public let elementCount: Int

  /// Makes a shape of trusted dimensions.
  public init(_ dimensions: [Int]) {
    precondition(
      dimensions.allSatisfy { $0 >= 0 }, "A shape's dimensions are not negative, these are \(dimensions)")
    self.dimensions = dimensions
    self.elementCount = dimensions.reduce(1, *)
  }

  /// Makes a shape of dimensions that come from a file.
  ///
  /// - Throws: `TensorError.invalidShape` for a negative dimension, or when the product of all dimensions but zeros
  ///   is above 2^40.
  public init(validating dimensions: [Int]) throws(TensorError) {
    var count = 1
    for dimension in dimensions {
      // A zero hides the other dimensions in the product, yet strides multiply those.
      let (product, overflow) = count.multipliedReportingOverflow(by: max(dimension, 1))
      guard dimension >= 0, !overflow, product <= 1 << 40 else {
        throw TensorError.invalidShape(dimensions)
      }
      count = product
    }
    self.dimensions = dimensions
    self.elementCount = dimensions.contains(0) ? 0 : count
  }

  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The number of dimensions.
  public var rank: Int { dimensions.count }

  /// The dimension at `axis`; negative axes count from the last.
  public subscript(axis: Int) -> Int { dimensions[axis < 0 ? axis + rank : axis] }

  /// Elements between neighbours along each axis, in a contiguous row-major tensor.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * dimensions[axis + 1]
    }
    return strides
  }

  public var description: String {
    rank == 0 ? "scalar" : dimensions.map(String.init).joined(separator: "x")
  }
}
