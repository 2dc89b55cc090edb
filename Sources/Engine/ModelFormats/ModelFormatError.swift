/// What can be wrong with a model file.
///
/// Names come from the file and may be hostile; the text of an error quotes them shortened, on one line.
public enum ModelFormatError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or written.
  case file(path: String, reason: String)
  /// The file breaks the rules of its format.
  case damaged(path: String, reason: String)
  /// The file uses a part of its format that is not supported.
  case unsupported(path: String, feature: String)
  /// A tensor of the file breaks the rules of its format or holds what the engine has no type for.
  case tensor(name: String, reason: String)
  /// No tensor of this name is in the file.
  case missingTensor(name: String, path: String)
  /// The file was made for a version of the operators that the importer does not know.
  case operatorSet(found: Int, supported: ClosedRange<Int>)
  /// The importer does not know an operator.
  case unknownOperator(operation: String, domain: String, node: String, operatorSet: Int)
  /// A node has operands or attributes that it cannot have, or that the importer does not support.
  case node(name: String, operation: String, reason: String)
  /// A node reads a value that nothing before it writes.
  case missingValue(name: String, node: String)
  /// Two values of the network have the same name.
  case duplicateName(String)
  /// An input's shape is not fixed by the file.
  case dynamicInput(name: String, dimensions: [String])
  /// A shape was given that does not fit the model's inputs.
  case inputShape(name: String, reason: String)

  public var description: String {
    switch self {
    case .file(let path, let reason):
      "\(Self.printable(path)): \(reason)"
    case .damaged(let path, let reason):
      "\(Self.printable(path)) is damaged or not of its format: \(Self.printable(reason, limit: 300))"
    case .unsupported(let path, let feature):
      "\(Self.printable(path)): \(feature) not supported"
    case .tensor(let name, let reason):
      "tensor \(Self.printable(name)): \(Self.printable(reason, limit: 300))"
    case .missingTensor(let name, let path):
      "there is no tensor \(Self.printable(name)) in \(Self.printable(path))"
    case .operatorSet(let found, let supported):
      "operator set \(found) is not supported; export the model with one of \(supported.lowerBound) to "
        + "\(supported.upperBound)"
    case .unknownOperator(let operation, let domain, let node, let operatorSet):
      "operator \(Self.printable(operation))"
        + (domain.isEmpty ? "" : " of domain \(Self.printable(domain))")
        + " (node \(Self.printable(node)), operator set \(operatorSet)) is not supported"
    case .node(let name, let operation, let reason):
      "node \(Self.printable(name)) (\(Self.printable(operation))): \(Self.printable(reason, limit: 300))"
    case .missingValue(let name, let node):
      "\(Self.printable(node)) reads \(Self.printable(name)), which nothing before it writes"
    case .duplicateName(let name):
      "two values are named \(Self.printable(name)); names must be unique"
    case .dynamicInput(let name, let dimensions):
      "input \(Self.printable(name)) has the shape "
        + dimensions.map { Self.printable($0) }.joined(separator: "x")
        + "; give its sizes: --shape \(Self.printable(name))="
        + dimensions.enumerated().map { axis, dimension in
          Int(dimension).map(String.init) ?? (axis == 0 ? "1" : "SIZE")
        }.joined(separator: "x")
    case .inputShape(let name, let reason):
      "shape given for \(Self.printable(name)): \(Self.printable(reason, limit: 300))"
    }
  }

  /// Returns `text` fit for one line of a message: shortened, control characters replaced.
  private static func printable(_ text: String, limit: Int = 120) -> String {
    let scalars = text.unicodeScalars.prefix(limit).map { scalar -> Character in
      scalar.properties.generalCategory == .control ? "?" : Character(scalar)
    }
    return String(scalars) + (scalars.count < text.unicodeScalars.count ? "…" : "")
  }
}
