/// Turns a node of a TFLite file into operators of the graph, or into constants, and returns the node's results.
///
/// It may throw `GraphError`s; the importer adds the node's name.
typealias TFLiteConverter = @Sendable (TFLiteNode, inout TFLiteGraphBuilder) throws -> [TFLiteOperand]

/// An operator of the format: its number and name in TensorFlow's `schema.fbs`, and how it is converted.
struct TFLiteBuiltin: Sendable {
  var code: Int
  var name: String
  var convert: TFLiteConverter

  /// Makes an entry.
  init(_ code: Int, _ name: String, _ convert: @escaping TFLiteConverter) {
    self.code = code
    self.name = name
    self.convert = convert
  }
}

/// The TFLite operators that the importer knows, in groups of one file each.
enum TFLiteOperators {
  private static let builtins: [TFLiteBuiltin] =
    convolutions + elementwise + poolings + reductions + resizing + reshaping + joining

  /// The names of the format's own operators.
  static let names = Dictionary(uniqueKeysWithValues: builtins.map { ($0.code, $0.name) })

  /// The converter for each operator.
  static let converters: [TFLiteOperation: TFLiteConverter] = {
    let own = builtins.map { (TFLiteOperation.builtin($0.code), $0.convert) }
    let others = custom.map { (TFLiteOperation.custom($0.key), $0.value) }
    return Dictionary(uniqueKeysWithValues: own + others)
  }()
}
