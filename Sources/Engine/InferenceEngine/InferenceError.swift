import Graphs

/// What can go wrong between a model and its user.
public enum InferenceError: Error, Equatable, CustomStringConvertible {
  /// The model has no input or output of this name.
  case unknownName(String, kind: String, known: [String])
  /// An input was not given.
  case missingInput(String, expected: ValueType)
  /// A tensor has another type than the model's input or output.
  case type(name: String, expected: ValueType, found: ValueType)
  /// A step of the model failed.
  case step(name: String, operation: String, reason: String)
  /// The file is of a format that the engine does not read.
  case format(path: String)

  public var description: String {
    switch self {
    case .unknownName(let name, let kind, let known):
      "the model has no \(kind) \(name), it has \(known.joined(separator: ", "))"
    case .missingInput(let name, let expected):
      "input \(name) is missing, give it as \(expected)"
    case .type(let name, let expected, let found):
      "\(name) is \(expected), not \(found)"
    case .step(let name, let operation, let reason):
      "step \(name) (\(operation)) failed: \(reason)"
    case .format(let path):
      "\(path): not a model that can be read, expected a file ending in .onnx or .tflite"
    }
  }
}
