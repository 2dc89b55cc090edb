import Graphs
import Tensors

/// What a node of a TFLite file reads, while the graph is being built.
///
/// The file keeps images with their channels last, graphs have them first: a value of four dimensions may be either way,
/// and is turned round only where an operator needs it.
enum TFLiteOperand {
  /// Elements known while importing, in the file's order.
  case constant(Tensor)
  /// A value of the graph, of the file's type and shape; `isImage` when the graph has its channels first.
  case value(ValueID, ValueType, isImage: Bool)

  /// The element type and the shape in the file's order.
  var type: ValueType {
    switch self {
    case .constant(let tensor): ValueType(tensor.shape, elementType: tensor.elementType)
    case .value(_, let type, _): type
    }
  }

  /// The dimensions in the file's order.
  var shape: Shape { type.shape }

  /// Whether the graph has the value with its channels first.
  var isImage: Bool {
    if case .value(_, _, true) = self { return true }
    return false
  }
}

/// A node of a TFLite file with its operands found.
struct TFLiteNode {
  /// The name of the node's first output.
  let name: String
  /// The operator's name.
  let operation: String
  /// What the node reads; nil where an optional operand is absent.
  let operands: [TFLiteOperand?]
  /// The shapes of the node's outputs as the file says them.
  let outputShapes: [Shape]
  /// The operator's attributes; nil where it has none.
  let options: FlatTable?
  /// The attributes of an operator outside of the format: 32-bit words.
  let customOptions: [Int32]

  /// Returns an error about this node.
  func failure(_ reason: String) -> ModelFormatError {
    .node(name: name, operation: operation, reason: reason)
  }

  /// Returns an operand that the operator cannot do without.
  func operand(_ index: Int) throws(ModelFormatError) -> TFLiteOperand {
    guard index < operands.count, let operand = operands[index] else {
      throw failure("operand \(index + 1) is missing")
    }
    return operand
  }

  /// Returns an optional operand.
  func optionalOperand(_ index: Int) -> TFLiteOperand? { index < operands.count ? operands[index] : nil }

  /// Returns an operand that must be known while importing.
  func constant(_ index: Int, _ meaning: String) throws(ModelFormatError) -> Tensor {
    guard case .constant(let tensor) = try operand(index) else {
      throw failure("\(meaning) is computed at run time, only constants are supported")
    }
    return tensor
  }

  /// Returns the integers of an operand that must be known while importing.
  func integers(_ index: Int, _ meaning: String) throws(ModelFormatError) -> [Int] {
    guard let integers = try constant(index, meaning).integers else {
      throw failure("\(meaning) holds no integers")
    }
    return integers
  }

  /// Returns an integer attribute, zero where the node does not say it.
  func integer(_ field: Int) throws(ModelFormatError) -> Int {
    try options.map { table throws(ModelFormatError) in Int(try table.number(field, as: Int32.self)) } ?? 0
  }

  /// Returns an attribute of one byte, a choice of the format.
  func choice(_ field: Int) throws(ModelFormatError) -> Int {
    try options.map { table throws(ModelFormatError) in Int(try table.number(field, as: Int8.self)) } ?? 0
  }

  /// Returns an attribute that is true or false.
  func flag(_ field: Int) throws(ModelFormatError) -> Bool { try choice(field) != 0 }

  /// Returns a word of a custom operator's attributes.
  func customInteger(_ index: Int) throws(ModelFormatError) -> Int {
    guard index < customOptions.count else { throw failure("its attributes are cut off") }
    return Int(customOptions[index])
  }

  /// Returns the shape of an output as the file says it.
  func outputShape(_ index: Int = 0) throws(ModelFormatError) -> Shape {
    guard index < outputShapes.count else { throw failure("output \(index + 1) is missing") }
    return outputShapes[index]
  }

  /// Returns `axis` counted from the first of `rank` dimensions.
  func axis(_ axis: Int, rank: Int) throws(ModelFormatError) -> Int {
    guard (-rank..<rank).contains(axis) else {
      throw failure("axis \(axis) of a value of \(rank) dimensions")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Returns the function that follows the operator, by the attribute `field`.
  func activation(_ field: Int) throws(ModelFormatError) -> ActivationFunction {
    switch try choice(field) {
    case 0: return .identity
    case 1: return .relu
    case 2: return .clip(-1, 1)
    case 3: return .relu6
    case 4: return .tanh
    case let other: throw failure("the activation \(other) is not supported")
    }
  }
}
