import Tensors

/// The parts of a TFLite file that make a network; weights stay in the mapped file.
///
/// Fields are numbered as in TensorFlow's `schema.fbs`.
struct TFLiteModel {
  /// The most nodes or tensors that a network may have.
  static let limit = 100_000

  /// A value of the network.
  struct Value {
    var name: String
    var shape: Shape
    var type: StoredType
    /// The elements, where they are known.
    var stored: StoredTensor?
  }

  /// One application of an operator.
  struct Node {
    var operation: TFLiteOperation
    /// Values by number; nil where an optional one is absent.
    var inputs: [Int?]
    var outputs: [Int]
    /// The operator's attributes; nil where it has none.
    var options: FlatTable?
    /// Where the attributes of an operator outside of the format lie.
    var customOptions: Range<Int>?
  }

  let file: MappedFile
  var name = ""
  var values: [Value] = []
  var nodes: [Node] = []
  var inputs: [Int] = []
  var outputs: [Int] = []

  /// Reads a file's structure.
  ///
  /// - Throws: `ModelFormatError` when the file cannot be opened or is not a TFLite model.
  init(path: String) throws(ModelFormatError) {
    file = try MappedFile(path)
    let root = try FlatTable(rootOf: file, identifier: "TFL3")
    let networks = try root.tables(2)
    guard let network = networks.first else {
      throw .damaged(path: path, reason: "there is no network in it")
    }
    guard networks.count == 1 else {
      throw .unsupported(path: path, feature: "files of \(networks.count) networks are")
    }
    name = try network.text(4)
    let buffers = try root.tables(4)
    for table in try limited(network.tables(0), "values") { values.append(try value(table, buffers)) }
    let operations = try root.tables(1).map { table throws(ModelFormatError) in
      try TFLiteOperation(table)
    }
    for table in try limited(network.tables(3), "nodes") {
      let index = Int(try table.number(0, as: UInt32.self))
      guard index < operations.count else {
        throw .damaged(path: path, reason: "a node is of operator \(index) of \(operations.count)")
      }
      nodes.append(
        Node(
          operation: operations[index],
          inputs: try indices(table.numbers(1, as: Int32.self) ?? [], optional: true),
          outputs: try indices(table.numbers(2, as: Int32.self) ?? [], optional: false).compactMap { $0 },
          options: try table.table(4), customOptions: try table.bytes(5)))
    }
    inputs = try indices(network.numbers(1, as: Int32.self) ?? [], optional: false).compactMap { $0 }
    outputs = try indices(network.numbers(2, as: Int32.self) ?? [], optional: false).compactMap { $0 }
    guard !outputs.isEmpty else { throw .damaged(path: path, reason: "the network has no outputs") }
  }

  private func limited(_ tables: [FlatTable], _ what: String) throws(ModelFormatError) -> [FlatTable] {
    guard tables.count <= Self.limit else {
      throw .unsupported(path: file.path, feature: "networks of more than \(Self.limit) \(what) are")
    }
    return tables
  }

  private func indices(_ numbers: [Int32], optional: Bool) throws(ModelFormatError) -> [Int?] {
    var indices: [Int?] = []
    for number in numbers {
      guard values.indices.contains(Int(number)) || optional && number == -1 else {
        throw .damaged(path: file.path, reason: "value \(number) of \(values.count) is named")
      }
      indices.append(number < 0 ? nil : Int(number))
    }
    return indices
  }

  private func value(_ table: FlatTable, _ buffers: [FlatTable]) throws(ModelFormatError) -> Value {
    let name = try table.text(3)
    let code = try table.number(1, as: UInt8.self)
    guard let type = StoredType(tflite: code) else {
      throw .tensor(name: name, reason: "numbers of TFLite type \(code) are not supported")
    }
    let dimensions = try table.numbers(0, as: Int32.self) ?? []
    guard let shape = try? Shape(validating: dimensions.map(Int.init)) else {
      throw .tensor(name: name, reason: "its shape is \(dimensions)")
    }
    let index = Int(try table.number(2, as: UInt32.self))
    guard index < buffers.count else {
      throw .tensor(name: name, reason: "its elements are in buffer \(index) of \(buffers.count)")
    }
    guard let range = try buffers[index].bytes(0), !range.isEmpty else {
      return Value(name: name, shape: shape, type: type)
    }
    guard try table.table(6) == nil else {
      throw .tensor(name: name, reason: "sparse weights are not supported")
    }
    guard let stored = StoredTensor(shape: shape, type: type, bytes: .mapped(file, range)) else {
      throw .tensor(name: name, reason: "\(range.count) bytes do not hold \(type.rawValue) of shape \(shape)")
    }
    return Value(name: name, shape: shape, type: type, stored: stored)
  }
}

extension StoredType {
  /// Makes the type that TFLite numbers `code`; nil for strings, complex and sub-byte numbers.
  fileprivate init?(tflite code: UInt8) {
    let types: [UInt8: StoredType] = [
      0: .float32, 1: .float16, 2: .int32, 3: .uint8, 4: .int64, 6: .bool, 7: .int16, 9: .int8, 10: .float64,
      12: .uint64, 15: .uint32, 16: .uint16, 18: .bfloat16,
    ]
    guard let type = types[code] else { return nil }
    self = type
  }
}
