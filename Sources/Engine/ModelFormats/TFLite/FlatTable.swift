/// A table of a flat buffer in a mapped file: fields by number, each absent or somewhere in the file.
///
/// Every offset is checked against the file before it is followed. The format is described at
/// https://flatbuffers.dev/internals.
struct FlatTable {
  private let file: MappedFile
  private let position: Int
  private let fields: Range<Int>

  /// The table that the file's first word points at.
  ///
  /// - Throws: `ModelFormatError.damaged` when the file does not carry `identifier` or the table is not inside it.
  init(rootOf file: MappedFile, identifier: String) throws(ModelFormatError) {
    guard file.byteCount >= 8, file.bytes(in: 4..<8) == Array(identifier.utf8) else {
      throw .damaged(path: file.path, reason: "it does not carry the mark \(identifier)")
    }
    try self.init(file, at: Int(Self.number(file, 0, as: UInt32.self)))
  }

  private init(_ file: MappedFile, at position: Int) throws(ModelFormatError) {
    let virtual = position - Int(try Self.number(file, position, as: Int32.self))
    let size = Int(try Self.number(file, virtual, as: UInt16.self))
    guard size >= 4, size % 2 == 0, virtual + size <= file.byteCount else {
      throw .damaged(path: file.path, reason: "a table's index of \(size) bytes at byte \(virtual)")
    }
    self.file = file
    self.position = position
    self.fields = virtual + 4..<virtual + size
  }

  // MARK: Fields

  /// Returns a number, or zero where it is absent.
  func number<Number: FixedWidthInteger>(_ field: Int, as type: Number.Type) throws(ModelFormatError)
    -> Number
  {
    guard let place = try place(of: field) else { return 0 }
    return try Self.number(file, place, as: type)
  }

  /// Returns a number that is stored as float32, or zero where it is absent.
  func float(_ field: Int) throws(ModelFormatError) -> Float {
    Float(bitPattern: try number(field, as: UInt32.self))
  }

  /// Returns a truth value, false where it is absent.
  func flag(_ field: Int) throws(ModelFormatError) -> Bool { try number(field, as: UInt8.self) != 0 }

  /// Returns a table, or nil where it is absent.
  func table(_ field: Int) throws(ModelFormatError) -> FlatTable? {
    guard let place = try place(of: field) else { return nil }
    return try FlatTable(file, at: try Self.target(file, place))
  }

  /// Returns the tables of a list.
  func tables(_ field: Int) throws(ModelFormatError) -> [FlatTable] {
    guard let (start, count) = try list(field, elementSize: 4) else { return [] }
    var tables: [FlatTable] = []
    for index in 0..<count {
      tables.append(try FlatTable(file, at: try Self.target(file, start + 4 * index)))
    }
    return tables
  }

  /// Returns the numbers of a list; nil where it is absent.
  func numbers<Number: FixedWidthInteger>(_ field: Int, as type: Number.Type) throws(ModelFormatError)
    -> [Number]?
  {
    let size = MemoryLayout<Number>.size
    guard let (start, count) = try list(field, elementSize: size) else { return nil }
    var numbers: [Number] = []
    for index in 0..<count { numbers.append(try Self.number(file, start + size * index, as: type)) }
    return numbers
  }

  /// Returns where the bytes of a list lie; nil where it is absent.
  func bytes(_ field: Int) throws(ModelFormatError) -> Range<Int>? {
    try list(field, elementSize: 1).map { $0.start..<$0.start + $0.count }
  }

  /// Returns a text, empty where it is absent.
  func text(_ field: Int) throws(ModelFormatError) -> String {
    guard let range = try bytes(field) else { return "" }
    return String(decoding: file.bytes(in: range), as: UTF8.self)
  }

  // MARK: Offsets

  private func place(of field: Int) throws(ModelFormatError) -> Int? {
    let entry = fields.lowerBound + 2 * field
    guard entry + 2 <= fields.upperBound else { return nil }
    let offset = Int(try Self.number(file, entry, as: UInt16.self))
    return offset == 0 ? nil : position + offset
  }

  private func list(_ field: Int, elementSize: Int) throws(ModelFormatError) -> (start: Int, count: Int)? {
    guard let place = try place(of: field) else { return nil }
    let start = try Self.target(file, place)
    let count = Int(try Self.number(file, start, as: UInt32.self))
    guard count <= (file.byteCount - start - 4) / elementSize else {
      throw .damaged(path: file.path, reason: "a list of \(count) entries at byte \(start)")
    }
    return (start + 4, count)
  }

  /// Returns the place that the offset at `place` points to.
  private static func target(_ file: MappedFile, _ place: Int) throws(ModelFormatError) -> Int {
    place + Int(try number(file, place, as: UInt32.self))
  }

  private static func number<Number: FixedWidthInteger>(
    _ file: MappedFile, _ place: Int, as type: Number.Type
  ) throws(ModelFormatError) -> Number {
    let size = MemoryLayout<Number>.size
    guard place >= 0, place <= file.byteCount - size else {
      throw .damaged(path: file.path, reason: "it points to byte \(place) of \(file.byteCount)")
    }
    return (0..<size).reduce(0) { $0 | Number(truncatingIfNeeded: file[place + $1]) << Number(8 * $1) }
  }
}
