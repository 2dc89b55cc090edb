/// Walks the fields of a protocol-buffers message that lies in a mapped file, without decoding them.
///
/// A network's weights are most of its file; walking past them costs a few bytes each, so that they can stay where
/// they are. The wire format is described at https://protobuf.dev/programming-guides/encoding.
struct ProtobufFields {
  /// One field of a message.
  struct Field {
    /// The field's number in the message's definition.
    var number: Int
    /// What the field holds.
    var content: Content
    /// All bytes of the field, with its tag.
    var range: Range<Int>
  }

  /// What a field holds.
  enum Content {
    /// A number of variable length.
    case number(UInt64)
    /// A number of fixed length.
    case fixed
    /// A string, bytes, packed numbers or a message.
    case bytes(Range<Int>)
  }

  /// The file that holds the message.
  let file: MappedFile
  private var position: Int
  private let end: Int

  /// Walks the message in `range` of `file`.
  init(_ range: Range<Int>, of file: MappedFile) {
    self.file = file
    self.position = range.lowerBound
    self.end = range.upperBound
  }

  /// Returns the next field, or nil at the end.
  ///
  /// - Throws: `ModelFormatError.damaged` for bytes that are no field.
  mutating func next() throws(ModelFormatError) -> Field? {
    guard position < end else { return nil }
    let start = position
    let tag = try readNumber()
    let number = Int(tag >> 3)
    guard (1..<1 << 29).contains(number) else { throw damaged("a field number of \(number)", at: start) }
    let content: Content
    switch tag & 7 {
    case 0: content = .number(try readNumber())
    case 1: content = try readFixed(8)
    case 2:
      let length = try readNumber()
      guard length <= UInt64(end - position) else {
        throw damaged("a field of \(length) bytes where \(end - position) are left", at: start)
      }
      content = .bytes(position..<position + Int(length))
      position += Int(length)
    case 5: content = try readFixed(4)
    default: throw damaged("a field of unknown wire type \(tag & 7)", at: start)
    }
    return Field(number: number, content: content, range: start..<position)
  }

  private mutating func readNumber() throws(ModelFormatError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      guard position < end else { throw damaged("a number is cut off", at: start) }
      let byte = file[position]
      position += 1
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw damaged("a number of more than ten bytes", at: start)
  }

  private mutating func readFixed(_ byteCount: Int) throws(ModelFormatError) -> Content {
    guard end - position >= byteCount else { throw damaged("a number is cut off", at: position) }
    position += byteCount
    return .fixed
  }

  private func damaged(_ reason: String, at position: Int) -> ModelFormatError {
    .damaged(path: file.path, reason: "\(reason) at byte \(position)")
  }
}
