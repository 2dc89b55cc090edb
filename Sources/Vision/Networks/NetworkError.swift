import Tensors

/// What can be wrong with a network's weights or with the choice of a network.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// A weight has another shape than the network.
  case weightShape(network: String, name: String, found: Shape, expected: Shape)
  /// The network cannot work on an input of this size.
  case inputSize(network: String, height: Int, width: Int, expected: String)
  /// No network of this name is installed.
  case unknownNetwork(name: String, installed: [String])
  /// The weights that belong to the program are not where the program is.
  case weightsAbsent(file: String)

  public var description: String {
    switch self {
    case .weightShape(let network, let name, let found, let expected):
      "\(network): weight \(name) has shape \(found), expected \(expected); use the weights made for this network"
    case .inputSize(let network, let height, let width, let expected):
      "\(network): an input of \(width)x\(height) pixels does not fit, expected \(expected)"
    case .unknownNetwork(let name, let installed):
      "\(name): no such network; installed are \(installed.joined(separator: ", "))"
    case .weightsAbsent(let file):
      "\(file): the weights are not beside the program; build it again with Scripts/vignette"
    }
  }
}
