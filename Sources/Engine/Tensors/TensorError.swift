/// What can be wrong with a tensor that comes from outside.
public enum TensorError: Error, Equatable, CustomStringConvertible {
  /// A dimension is negative or the element count does not fit.
  case invalidShape([Int])
  /// The number of elements differs from what the shape needs.
  case elementCount(shape: Shape, expected: Int, found: Int)
  /// The elements are of another type than the caller asked for.
  case elementType(expected: ElementType, found: ElementType)

  public var description: String {
    switch self {
    case .invalidShape(let dimensions):
      "shape \(dimensions) is not valid: dimensions must not be negative nor hold more than 2^40 elements"
    case .elementCount(let shape, let expected, let found):
      "a tensor of shape \(shape) needs \(expected) elements, \(found) were given"
    case .elementType(let expected, let found):
      "a tensor of \(expected.rawValue) was expected, this one holds \(found.rawValue)"
    }
  }
}
