import Tensors

/// What is known of a value before it is computed: the type of its elements and its shape.
///
/// Images are rank 4 in the logical order batch, channels, height, width (NCHW), whatever order the compiled
/// plan keeps them in.
public struct ValueType: Sendable, Hashable, CustomStringConvertible {
  /// The type of the elements.
  public var elementType: ElementType
  /// The dimensions, outermost first.
  public var shape: Shape

  /// Makes the type of a value.
  public init(_ shape: Shape, elementType: ElementType = .float32) {
    self.elementType = elementType
    self.shape = shape
  }

  /// The bytes a value of this type takes.
  public var byteCount: Int { shape.elementCount * elementType.byteCount }

  public var description: String { "\(elementType.rawValue)[\(shape)]" }
}
