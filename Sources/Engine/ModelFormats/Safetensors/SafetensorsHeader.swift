import Tensors

/// The table of contents of a safetensors file.
///
/// The format: 8 bytes with the header's length, little-endian; the header, a JSON object; the tensors' bytes,
/// which lie one after another without gap or overlap until the end of the file.
struct SafetensorsHeader {
  /// The largest header that the format allows, in bytes.
  static let byteLimit = 100_000_000
  /// The name in the header that stands for free text instead of a tensor.
  static let metadataName = "__metadata__"

  /// Free text by name.
  var metadata: [String: String] = [:]
  /// The tensors in the order of their bytes.
  var tensors: [(name: String, tensor: StoredTensor, range: Range<Int>)] = []

  /// Reads and validates the header of a mapped file.
  ///
  /// - Throws: `ModelFormatError.damaged` or `.tensor`.
  init(of file: MappedFile) throws {
    guard file.byteCount >= 8 else {
      throw Self.damaged(file, "shorter than the 8 bytes of a header's length")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(file[$1]) << (8 * $1) }
    guard length <= Self.byteLimit else {
      throw Self.damaged(file, "a header of \(length) bytes is above the limit of \(Self.byteLimit)")
    }
    let start = 8 + Int(length)
    guard start <= file.byteCount else {
      throw Self.damaged(file, "a header of \(length) bytes is cut off, the file has \(file.byteCount)")
    }
    do {
      try read(JSONReader(file.bytes(in: 8..<start)), file: file, start: start)
    } catch let failure as JSONReader.Failure {
      throw Self.damaged(file, "\(failure)")
    }
    try checkCoverage(of: file, from: start)
  }

  private static func damaged(_ file: MappedFile, _ reason: String) -> ModelFormatError {
    .damaged(path: file.path, reason: reason)
  }

  private mutating func read(_ text: JSONReader, file: MappedFile, start: Int) throws {
    var reader = text
    try reader.readObject { reader, name in
      if name == Self.metadataName {
        try reader.readObject { reader, key in metadata[key] = try reader.readString() }
      } else {
        let (tensor, range) = try Self.readTensor(&reader, name: name, file: file, start: start)
        tensors.append((name, tensor, range))
      }
    }
    try reader.readEnd()
  }

  /// Reads `{"dtype": …, "shape": […], "data_offsets": [begin, end]}`.
  private static func readTensor(
    _ reader: inout JSONReader, name: String, file: MappedFile, start: Int
  ) throws -> (StoredTensor, Range<Int>) {
    var typeName: String?
    var dimensions: [Int]?
    var offsets: [Int]?
    try reader.readObject { reader, key in
      switch key {
      case "dtype": typeName = try reader.readString()
      case "shape": dimensions = try reader.readIntegers()
      case "data_offsets": offsets = try reader.readIntegers()
      default: throw reader.failure("an unknown field \"\(key)\"")
      }
    }
    guard let typeName, let dimensions, let offsets, offsets.count == 2 else {
      throw ModelFormatError.tensor(name: name, reason: "needs dtype, shape and two data_offsets")
    }
    guard let type = StoredType(safetensorsName: typeName) else {
      throw ModelFormatError.tensor(name: name, reason: "the type \(typeName) is not supported")
    }
    let shape: Shape
    do {
      shape = try Shape(validating: dimensions)
    } catch {
      throw ModelFormatError.tensor(name: name, reason: "\(error)")
    }
    let available = file.byteCount - start
    guard offsets[0] <= offsets[1], offsets[1] <= available else {
      throw ModelFormatError.tensor(
        name: name, reason: "bytes \(offsets[0]) to \(offsets[1]) are not within the file's \(available)")
    }
    let range = start + offsets[0]..<start + offsets[1]
    guard let tensor = StoredTensor(shape: shape, type: type, bytes: .mapped(file, range)) else {
      throw ModelFormatError.tensor(
        name: name, reason: "\(range.count) bytes do not hold \(typeName) of shape \(shape)")
    }
    return (tensor, range)
  }

  /// Sorts the tensors by place and checks that they fill the file without gap or overlap.
  private mutating func checkCoverage(of file: MappedFile, from start: Int) throws {
    tensors.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.name)
        < ($1.range.lowerBound, $1.range.upperBound, $1.name)
    }
    var end = start
    for (name, _, range) in tensors {
      guard range.lowerBound == end else {
        throw ModelFormatError.tensor(
          name: name,
          reason: range.lowerBound < end ? "overlaps another tensor" : "stands behind a gap")
      }
      end = range.upperBound
    }
    guard end == file.byteCount else {
      throw Self.damaged(file, "\(file.byteCount - end) bytes at the end belong to no tensor")
    }
  }
}

extension StoredType {
  /// The names that safetensors files use, in the order in which the reference implementation lays tensors out.
  private static let safetensorsNames: [(type: StoredType, name: String)] = [
    (.uint64, "U64"), (.int64, "I64"), (.float64, "F64"), (.float32, "F32"), (.uint32, "U32"),
    (.int32, "I32"),
    (.bfloat16, "BF16"), (.float16, "F16"), (.uint16, "U16"), (.int16, "I16"), (.int8, "I8"), (.uint8, "U8"),
    (.bool, "BOOL"),
  ]

  /// Makes the type that a safetensors file calls `name`; nil for unknown names.
  init?(safetensorsName name: String) {
    guard let entry = Self.safetensorsNames.first(where: { $0.name == name }) else { return nil }
    self = entry.type
  }

  /// The name of this type in safetensors files.
  var safetensorsName: String { Self.safetensorsNames.first { $0.type == self }!.name }

  /// Where tensors of this type stand in a file: the larger the numbers, the earlier.
  var safetensorsOrder: Int { Self.safetensorsNames.firstIndex { $0.type == self }! }

  /// The stored form of a tensor's element type.
  init(_ elementType: ElementType) { self = Self.allCases.first { $0.elementType == elementType }! }
}
