/// The type of a tensor's elements.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
  case float32, float16, int8, uint8, int32, int64, bool

  /// Bytes that one element takes.
  public var byteCount: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16: 2
    case .float32, .int32: 4
    case .int64: 8
    }
  }

  /// The Swift type of one element.
  public var swiftType: any TensorElement.Type {
    switch self {
    case .float32: Float.self
    case .float16: Float16.self
    case .int8: Int8.self
    case .uint8: UInt8.self
    case .int32: Int32.self
    case .int64: Int64.self
    case .bool: Bool.self
    }
  }
}

/// A Swift type that a tensor can hold.
public protocol TensorElement: Sendable, BitwiseCopyable {
  /// The element type that stands for `Self`.
  static var elementType: ElementType { get }
}

extension Float: TensorElement { public static var elementType: ElementType { .float32 } }
extension Float16: TensorElement { public static var elementType: ElementType { .float16 } }
extension Int8: TensorElement { public static var elementType: ElementType { .int8 } }
extension UInt8: TensorElement { public static var elementType: ElementType { .uint8 } }
extension Int32: TensorElement { public static var elementType: ElementType { .int32 } }
extension Int64: TensorElement { public static var elementType: ElementType { .int64 } }
extension Bool: TensorElement { public static var elementType: ElementType { .bool } }
