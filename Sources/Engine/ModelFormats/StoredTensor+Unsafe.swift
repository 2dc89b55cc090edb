import Tensors

/// A tensor's numbers as a model file stores them.
struct StoredTensor: Sendable {
  /// Where the bytes are.
  enum Bytes: Sendable {
    /// In a mapped file.
    case mapped(MappedFile, Range<Int>)
    /// Copied out of a message.
    case copied([UInt8])

    /// The number of bytes.
    var count: Int {
      switch self {
      case .mapped(_, let range): range.count
      case .copied(let bytes): bytes.count
      }
    }
  }

  /// The dimensions, outermost first.
  let shape: Shape
  /// How the numbers are stored.
  let type: StoredType
  /// The bytes, exactly as many as `shape` and `type` need.
  let bytes: Bytes

  /// Makes a stored tensor; nil unless the bytes are as many as the shape and type need.
  init?(shape: Shape, type: StoredType, bytes: Bytes) {
    // No overflow: a shape holds at most 2^40 elements.
    guard bytes.count == shape.elementCount * type.byteCount else { return nil }
    self.shape = shape
    self.type = type
    self.bytes = bytes
  }

  /// Returns the tensor as stored, or nil when tensors have no such element type.
  ///
  /// Aligned bytes are borrowed from the mapping, others are copied.
  func asStored() -> Tensor? {
    guard let elementType = type.elementType else { return nil }
    // A Swift Bool other than 0 and 1 would be undefined behaviour.
    if type == .bool { return converted(from: UInt8.self) { $0 != 0 } }
    if case .mapped(let file, let range) = bytes {
      let view = file.view(of: range)
      let storage = TensorStorage(borrowing: view, owner: file)
      if UInt(bitPattern: view.baseAddress).isMultiple(of: UInt(type.byteCount)),
        let tensor = try? Tensor(shape, elementType: elementType, storage: storage)
      {
        return tensor
      }
    }
    var tensor = Tensor(shape, elementType: elementType)
    withBytes { stored in tensor.withUnsafeMutableBytes { $0.copyMemory(from: stored) } }
    return tensor
  }

  /// Returns the tensor in the type that graphs compute in; only numbers of other types are converted.
  ///
  /// An unsigned 64-bit integer too large for int64 becomes the largest int64.
  func computed() -> Tensor {
    switch type {
    case .float16: converted(from: UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bfloat16: converted(from: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float64: converted(from: Double.self) { Float($0) }
    case .int16: converted(from: Int16.self) { Int32($0) }
    case .uint16: converted(from: UInt16.self) { Int32($0) }
    case .uint32: converted(from: UInt32.self) { Int64($0) }
    case .uint64: converted(from: UInt64.self) { Int64(clamping: $0) }
    case .float32, .int64, .int32, .int8, .uint8, .bool:
      // Every one of these has an element type.
      asStored()!
    }
  }

  private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch bytes {
    case .mapped(let file, let range): withExtendedLifetime(file) { body(file.view(of: range)) }
    case .copied(let bytes): bytes.withUnsafeBytes(body)
    }
  }

  /// Returns a tensor of each stored number's conversion.
  private func converted<Stored: BitwiseCopyable, Element: TensorElement>(
    from: Stored.Type, _ convert: (Stored) -> Element
  ) -> Tensor {
    let elements = withBytes { bytes in
      [Element](unsafeUninitializedCapacity: shape.elementCount) { elements, count in
        for index in 0..<shape.elementCount {
          // Safe: the initializer checked that there are `elementCount` numbers; loadUnaligned needs no alignment.
          elements[index] = convert(
            bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Stored>.stride, as: Stored.self))
        }
        count = shape.elementCount
      }
    }
    return Tensor(shape, elements: elements)
  }
}
