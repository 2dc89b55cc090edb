/// An operator that a TFLite file uses: one of the format's own, by number, or one of other libraries, by name.
enum TFLiteOperation: Hashable {
  case builtin(Int)
  case custom(String)

  /// Reads an entry of a file's list of operators.
  init(_ table: FlatTable) throws(ModelFormatError) {
    // The first versions had room for 127 operators.
    let code = max(Int(try table.number(0, as: Int8.self)), Int(try table.number(3, as: Int32.self)))
    self = code == 32 ? .custom(try table.text(1)) : .builtin(code)
  }

  /// The name in messages: the format's own, where the importer knows the operator.
  var name: String {
    switch self {
    case .builtin(let code): TFLiteOperators.names[code] ?? "number \(code)"
    case .custom(let name): name
    }
  }
}
