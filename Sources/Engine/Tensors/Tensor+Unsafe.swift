/// A dense array of numbers, contiguous and row-major, with value semantics.
///
///     let tensor = Tensor([2, 2], elements: [1, 2, 3, 4] as [Float])
///     tensor.elements(as: Float.self)  // [1, 2, 3, 4]
///
/// Invariant: `storage` holds at least `byteOffset + shape.elementCount * elementType.byteCount` bytes.
public struct Tensor: Sendable {
  /// The dimensions, outermost first.
  public let shape: Shape
  /// The type of the elements.
  public let elementType: ElementType
  /// The bytes, possibly shared with other tensors.
  public private(set) var storage: TensorStorage
  /// Where this tensor's first element lies in `storage`.
  public private(set) var byteOffset: Int

  /// The bytes that the elements take.
  public var byteCount: Int { shape.elementCount * elementType.byteCount }

  /// Makes a tensor of zeros.
  public init(_ shape: Shape, elementType: ElementType = .float32) {
    self.shape = shape
    self.elementType = elementType
    self.storage = TensorStorage(byteCount: shape.elementCount * elementType.byteCount)
    self.byteOffset = 0
  }

  /// Makes a tensor of trusted elements in row-major order.
  public init<Element: TensorElement>(_ shape: Shape, elements: [Element]) {
    precondition(
      elements.count == shape.elementCount,
      "\(elements.count) elements do not fill a tensor of shape \(shape)")
    self.init(shape, elementType: Element.elementType)
    withUnsafeMutableBytes { bytes in elements.withUnsafeBytes { bytes.copyMemory(from: $0) } }
  }

  /// Makes a tensor of one repeated value.
  public init<Element: TensorElement>(_ shape: Shape, repeating value: Element) {
    self.init(shape, elements: [Element](repeating: value, count: shape.elementCount))
  }

  /// Makes a tensor that views bytes of `storage`.
  ///
  /// - Throws: `TensorError.elementCount` when the storage is too short.
  public init(_ shape: Shape, elementType: ElementType, storage: TensorStorage, byteOffset: Int = 0)
    throws(TensorError)
  {
    guard (0...storage.byteCount).contains(byteOffset) else {
      throw TensorError.elementCount(shape: shape, expected: shape.elementCount, found: 0)
    }
    let available = (storage.byteCount - byteOffset) / elementType.byteCount
    guard available >= shape.elementCount else {
      throw TensorError.elementCount(shape: shape, expected: shape.elementCount, found: available)
    }
    self.shape = shape
    self.elementType = elementType
    self.storage = storage
    self.byteOffset = byteOffset
  }

  /// Returns the elements in row-major order.
  ///
  /// The bytes may be unaligned for `Element`; a tensor of another type is a programmer's error.
  public func elements<Element: TensorElement>(as type: Element.Type = Element.self) -> [Element] {
    precondition(
      Element.elementType == elementType,
      "A tensor of \(elementType.rawValue) was read as \(Element.elementType.rawValue)")
    return withUnsafeBytes { bytes in
      // A byte from a file may be neither 0 nor 1, and no Bool may be made of such a one.
      if let booleans = type == Bool.self ? bytes.map({ $0 != 0 }) as? [Element] : nil { return booleans }
      return [Element](unsafeUninitializedCapacity: shape.elementCount) { buffer, count in
        // Safe: both sides hold exactly `byteCount` bytes, and Element is a plain bit pattern.
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
        count = shape.elementCount
      }
    }
  }

  /// Calls `body` with the tensor's bytes.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    // Safe by the invariant above; `storage` is kept alive for the call.
    try withExtendedLifetime(storage) {
      try body(UnsafeRawBufferPointer(start: storage.baseAddress + byteOffset, count: byteCount))
    }
  }

  /// Calls `body` with the tensor's bytes for writing, after making them this tensor's own.
  public mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    if !storage.isWritable || !isKnownUniquelyReferenced(&storage) {
      let copy = TensorStorage(byteCount: byteCount)
      withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: copy.baseAddress, count: byteCount).copyMemory(from: $0)
      }
      storage = copy
      byteOffset = 0
    }
    // Safe: unique, owned, and long enough by the invariant.
    return try withExtendedLifetime(storage) {
      try body(UnsafeMutableRawBufferPointer(start: storage.baseAddress + byteOffset, count: byteCount))
    }
  }

  /// Returns the same elements under another shape of equal element count.
  ///
  /// - Throws: `TensorError.elementCount` when the counts differ.
  public func reshaped(_ newShape: Shape) throws(TensorError) -> Tensor {
    guard newShape.elementCount == shape.elementCount else {
      throw TensorError.elementCount(
        shape: newShape, expected: newShape.elementCount, found: shape.elementCount)
    }
    return try Tensor(newShape, elementType: elementType, storage: storage, byteOffset: byteOffset)
  }
}
