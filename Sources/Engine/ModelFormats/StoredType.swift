import Tensors

/// How model files store numbers, little-endian; more kinds than tensors hold.
enum StoredType: String, Sendable, CaseIterable {
  case float64, float32, float16, bfloat16
  case int64, int32, int16, int8
  case uint64, uint32, uint16, uint8
  case bool

  /// Bytes that one number takes.
  var byteCount: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// The element type of the same bit pattern, if tensors have one.
  var elementType: ElementType? {
    switch self {
    case .float32: .float32
    case .float16: .float16
    case .int64: .int64
    case .int32: .int32
    case .int8: .int8
    case .uint8: .uint8
    case .bool: .bool
    case .float64, .bfloat16, .int16, .uint64, .uint32, .uint16: nil
    }
  }

  /// The element type that graphs compute such numbers in: float32 for all floating-point numbers, the next
  /// larger integer for integers that tensors do not hold.
  var computedType: ElementType {
    switch self {
    case .float64, .float32, .float16, .bfloat16: .float32
    case .int64, .uint64, .uint32: .int64
    case .int32, .int16, .uint16: .int32
    case .int8: .int8
    case .uint8: .uint8
    case .bool: .bool
    }
  }

  /// Whether the numbers are floating-point numbers.
  var isFloatingPoint: Bool { computedType == .float32 }
}
