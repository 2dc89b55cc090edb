import Tensors

/// A tensor of an ONNX file: a weight, or an attribute of a node.
struct OnnxTensor {
  /// Type, dimensions, and numbers that are not stored as bytes.
  let description: Onnx_TensorProto
  /// The numbers, where they are stored as bytes.
  let bytes: StoredTensor.Bytes?
  /// The model's file; external data lies in its folder.
  let modelPath: String

  /// Makes a tensor of a description and, unless the numbers are in it, their bytes.
  init(description: Onnx_TensorProto, bytes: StoredTensor.Bytes?, modelPath: String) {
    self.description = description
    self.bytes = bytes
    self.modelPath = modelPath
  }

  /// Makes a tensor of a whole message.
  init(_ message: Onnx_TensorProto, modelPath: String) {
    self.init(
      description: message, bytes: message.hasRawData ? .copied([UInt8](message.rawData)) : nil,
      modelPath: modelPath)
  }

  /// The name of the value that this tensor is.
  var name: String { description.name }

  /// Returns the tensor in the type that graphs compute in (`StoredType.computedType`).
  ///
  /// - Throws: `ModelFormatError.tensor` when the shape, type and numbers do not fit each other.
  func tensor(externalData: inout ExternalData) throws(ModelFormatError) -> Tensor {
    guard let type = StoredType(onnx: description.dataType) else {
      throw failure("numbers of ONNX type \(description.dataType) are not supported")
    }
    let shape: Shape
    do {
      shape = try Shape(validating: description.dims.map(Int.init))
    } catch {
      throw failure("\(error)")
    }
    if description.dataLocation == .external {
      let needed = shape.elementCount * type.byteCount
      return try stored(shape, type, try externalData.bytes(of: description, byteCount: needed)).computed()
    }
    if let bytes { return try stored(shape, type, bytes).computed() }
    return try listed(shape, type)
  }

  private func stored(_ shape: Shape, _ type: StoredType, _ bytes: StoredTensor.Bytes)
    throws(ModelFormatError) -> StoredTensor
  {
    guard let tensor = StoredTensor(shape: shape, type: type, bytes: bytes) else {
      throw failure("\(bytes.count) bytes do not hold \(type.rawValue) of shape \(shape)")
    }
    return tensor
  }

  /// Returns a tensor of the numbers in the message's typed lists; small types travel as int32.
  private func listed(_ shape: Shape, _ type: StoredType) throws(ModelFormatError) -> Tensor {
    let (floats, doubles) = (description.floatData, description.doubleData)
    let (words, longs, unsigned) = (description.int32Data, description.int64Data, description.uint64Data)
    switch type {
    case .float32: return try list(floats, shape) { $0 }
    case .float64: return try list(doubles, shape) { Float($0) }
    case .float16:
      return try list(words, shape) { Float(Float16(bitPattern: UInt16(truncatingIfNeeded: $0))) }
    case .bfloat16:
      return try list(words, shape) { Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16) }
    case .int64: return try list(longs, shape) { $0 }
    case .int32, .int16, .uint16: return try list(words, shape) { $0 }
    case .int8: return try list(words, shape) { Int8(truncatingIfNeeded: $0) }
    case .uint8: return try list(words, shape) { UInt8(truncatingIfNeeded: $0) }
    case .bool: return try list(words, shape) { $0 != 0 }
    case .uint32, .uint64: return try list(unsigned, shape) { Int64(clamping: $0) }
    }
  }

  private func list<Stored, Element: TensorElement>(
    _ numbers: [Stored], _ shape: Shape, _ convert: (Stored) -> Element
  ) throws(ModelFormatError) -> Tensor {
    guard numbers.count == shape.elementCount else {
      throw failure("\(numbers.count) numbers do not fill the shape \(shape)")
    }
    return Tensor(shape, elements: numbers.map(convert))
  }

  private func failure(_ reason: String) -> ModelFormatError { .tensor(name: name, reason: reason) }
}

extension StoredType {
  /// Makes the type that ONNX numbers `value`; nil for strings, complex and sub-byte numbers.
  init?(onnx value: Int32) {
    switch Onnx_TensorProto.DataType(rawValue: Int(value)) {
    case .float: self = .float32
    case .double: self = .float64
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int64: self = .int64
    case .int32: self = .int32
    case .int16: self = .int16
    case .int8: self = .int8
    case .uint64: self = .uint64
    case .uint32: self = .uint32
    case .uint16: self = .uint16
    case .uint8: self = .uint8
    case .bool: self = .bool
    default: return nil
    }
  }
}
