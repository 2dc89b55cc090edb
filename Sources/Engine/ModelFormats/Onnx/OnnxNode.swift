import Graphs
import Tensors

/// A node of an ONNX file with its operands found and its attributes ready to be asked for.
struct OnnxNode {
  /// The node's name, or its first output's where it has none.
  let name: String
  /// The operator's name in ONNX.
  let operation: String
  /// The version of the operators that the model was made for.
  let operatorSet: Int
  /// What the node reads; nil where an optional operand is absent.
  let operands: [OnnxOperand?]
  /// How many outputs the node lists; the last one is not empty.
  let outputCount: Int
  /// How the file stores the operands whose type it says.
  let storedTypes: [StoredType?]
  private let attributes: [String: Onnx_AttributeProto]
  private let modelPath: String

  /// Makes a node of its message.
  ///
  /// - Throws: `ModelFormatError.node` when an attribute occurs twice.
  init(
    _ message: Onnx_NodeProto, operands: [OnnxOperand?], storedTypes: [StoredType?], operatorSet: Int,
    modelPath: String
  ) throws(ModelFormatError) {
    self.name = message.displayName
    self.operation = message.opType
    self.operatorSet = operatorSet
    self.operands = operands
    self.storedTypes = storedTypes
    self.outputCount = (message.output.lastIndex { !$0.isEmpty } ?? -1) + 1
    self.modelPath = modelPath
    var attributes: [String: Onnx_AttributeProto] = [:]
    for attribute in message.attribute {
      guard attributes.updateValue(attribute, forKey: attribute.name) == nil else {
        throw .node(
          name: message.displayName, operation: message.opType,
          reason: "the attribute \(attribute.name) occurs twice")
      }
    }
    self.attributes = attributes
  }

  /// Returns an error about this node.
  func failure(_ reason: String) -> ModelFormatError {
    .node(name: name, operation: operation, reason: reason)
  }

  // MARK: Attributes

  /// Whether the node has an attribute of this name.
  func has(_ attribute: String) -> Bool { attributes[attribute] != nil }

  /// Returns an integer attribute.
  func integer(_ name: String) throws(ModelFormatError) -> Int? {
    try attribute(name, .int).map { Int($0.i) }
  }

  /// Returns an attribute of several integers.
  func integers(_ name: String) throws(ModelFormatError) -> [Int]? {
    try attribute(name, .ints).map { $0.ints.map(Int.init) }
  }

  /// Returns a floating-point attribute.
  func float(_ name: String) throws(ModelFormatError) -> Float? { try attribute(name, .float)?.f }

  /// Returns an attribute of several floating-point numbers.
  func floats(_ name: String) throws(ModelFormatError) -> [Float]? { try attribute(name, .floats)?.floats }

  /// Returns a text attribute.
  func text(_ name: String) throws(ModelFormatError) -> String? {
    try attribute(name, .string).map { String(decoding: $0.s, as: UTF8.self) }
  }

  /// Returns a tensor attribute.
  func tensor(_ name: String) throws(ModelFormatError) -> Tensor? {
    guard let attribute = try attribute(name, .tensor) else { return nil }
    var externalData = ExternalData(modelPath: modelPath)
    return try OnnxTensor(attribute.t, modelPath: modelPath).tensor(externalData: &externalData)
  }

  /// Returns an attribute of several texts.
  func texts(_ name: String) throws(ModelFormatError) -> [String]? {
    try attribute(name, .strings)?.strings.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns a graph attribute: a branch.
  func graph(_ name: String) throws(ModelFormatError) -> Onnx_GraphProto? { try attribute(name, .graph)?.g }

  /// Returns whether an attribute is one, not zero.
  func flag(_ name: String) throws(ModelFormatError) -> Bool { try integer(name) ?? 0 != 0 }

  private func attribute(_ name: String, _ type: Onnx_AttributeProto.AttributeType)
    throws(ModelFormatError) -> Onnx_AttributeProto?
  {
    guard let attribute = attributes[name] else { return nil }
    // The oldest files do not say the type.
    guard !attribute.hasType || attribute.type == type || attribute.type == .undefined else {
      throw failure("the attribute \(name) is of another type than \(type)")
    }
    return attribute
  }

  // MARK: Operands

  /// Whether the operand at `index` is given.
  func hasOperand(_ index: Int) -> Bool { index < operands.count && operands[index] != nil }

  /// Returns an operand that the operator cannot do without.
  func operand(_ index: Int) throws(ModelFormatError) -> OnnxOperand {
    guard hasOperand(index), let operand = operands[index] else {
      throw failure("operand \(index + 1) is missing")
    }
    return operand
  }

  /// Returns an optional operand.
  func optionalOperand(_ index: Int) -> OnnxOperand? { hasOperand(index) ? operands[index] : nil }

  /// Returns the elements of an operand that must be known while importing; nil when it is absent.
  func constant(_ index: Int, _ meaning: String) throws(ModelFormatError) -> Tensor? {
    guard let operand = optionalOperand(index) else { return nil }
    guard let tensor = operand.constant else {
      throw failure("\(meaning) is computed at run time, only constants are supported")
    }
    return tensor
  }

  /// Returns the integers of an operand that must be known while importing; nil when it is absent.
  func constantIntegers(_ index: Int, _ meaning: String) throws(ModelFormatError) -> [Int]? {
    guard let tensor = try constant(index, meaning) else { return nil }
    guard let integers = tensor.integers else {
      throw failure("\(meaning) holds \(tensor.elementType.rawValue), not integers")
    }
    return integers
  }

  /// Returns the floating-point numbers of an operand that must be known while importing; nil when it is absent.
  func constantFloats(_ index: Int, _ meaning: String) throws(ModelFormatError) -> [Float]? {
    guard let tensor = try constant(index, meaning) else { return nil }
    guard tensor.elementType == .float32 else {
      throw failure("\(meaning) holds \(tensor.elementType.rawValue), not floating-point numbers")
    }
    return tensor.elements(as: Float.self)
  }

  /// Returns the integers of an attribute that newer operator sets made an operand.
  func integers(_ name: String, orOperand index: Int, since operatorSet: Int) throws(ModelFormatError)
    -> [Int]?
  {
    self.operatorSet < operatorSet ? try integers(name) : try constantIntegers(index, name)
  }

  /// Returns `axis` counted from the first of `rank` dimensions.
  func axis(_ axis: Int, rank: Int) throws(ModelFormatError) -> Int {
    guard (-rank..<rank).contains(axis) else {
      throw failure("axis \(axis) of a value of \(rank) dimensions")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Returns the one integer of an operand that must be known while importing; nil when it is absent.
  func constantInteger(_ index: Int, _ meaning: String) throws(ModelFormatError) -> Int? {
    guard let values = try constantIntegers(index, meaning) else { return nil }
    guard values.count == 1 else { throw failure("\(meaning) holds \(values.count) numbers, not one") }
    return values[0]
  }

  /// Returns how the file stores an operand, if it says so.
  func storedType(_ index: Int) -> StoredType? { index < storedTypes.count ? storedTypes[index] : nil }

  /// Checks that the node asks for no more outputs than the importer gives.
  func requireOutputs(atMost count: Int) throws(ModelFormatError) {
    guard outputCount <= count else { throw failure("output \(outputCount) is not supported") }
  }
}

extension Onnx_NodeProto {
  /// The node's name, or its first output's where it has none.
  var displayName: String { name.isEmpty ? output.first ?? "" : name }
}

extension Tensor {
  /// The elements of an integer or truth-value tensor; nil for floating-point numbers.
  var integers: [Int]? {
    switch elementType {
    case .int64: elements(as: Int64.self).map(Int.init)
    case .int32: elements(as: Int32.self).map(Int.init)
    case .int8: elements(as: Int8.self).map(Int.init)
    case .uint8: elements(as: UInt8.self).map(Int.init)
    case .bool: elements(as: Bool.self).map { $0 ? 1 : 0 }
    case .float32, .float16: nil
    }
  }
}
