import Graphs
import Tensors

extension OnnxOperators {
  static let recurrent: [String: OnnxConverter] = [
    "RNN": { node, builder in try recurrent(.simple, node, &builder) },
    "LSTM": { node, builder in
      try recurrent(.longShortTermMemory(couplesForgetGate: node.flag("input_forget")), node, &builder)
    },
    "GRU": { node, builder in
      try recurrent(
        .gatedRecurrentUnit(resetsAfterProduct: node.flag("linear_before_reset")), node, &builder)
    },
  ]

  private static func recurrent(
    _ kind: RecurrentNetwork.Kind, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> [OnnxOperand] {
    guard let size = try node.integer("hidden_size") else { throw node.failure("hidden_size is missing") }
    guard let direction = RecurrentNetwork.Direction(rawValue: try node.text("direction") ?? "forward") else {
      throw node.failure("the direction is not known")
    }
    let layer = RecurrentNetwork(
      kind, hiddenSize: size, direction: direction, activations: try activations(of: node, direction),
      clip: try node.float("clip") ?? .infinity)
    var operands = node.operands
    // With layout 1 the batch comes first.
    let isBatchFirst = try node.flag("layout")
    if isBatchFirst {
      for index in [0, 5, 6] where node.hasOperand(index) {
        operands[index] = try builder.apply(
          Transpose(permutation: [1, 0, 2]), node.operand(index), for: node)
      }
    }
    var results = try builder.apply(layer, operands, for: node)
    if isBatchFirst {
      results[0] = try builder.apply(Transpose(permutation: [2, 0, 1, 3]), results[0], for: node)
      for index in results.indices.dropFirst() {
        results[index] = try builder.apply(Transpose(permutation: [1, 0, 2]), results[index], for: node)
      }
    }
    return results
  }

  /// Returns the functions of each direction's gates; nil where the file leaves them to ONNX.
  private static func activations(of node: OnnxNode, _ direction: RecurrentNetwork.Direction) throws
    -> [[ActivationFunction]]?
  {
    guard let names = try node.texts("activations"), !names.isEmpty else { return nil }
    var alphas = try node.floats("activation_alpha") ?? []
    var betas = try node.floats("activation_beta") ?? []
    func next(_ values: inout [Float], or fallback: Float) -> Float {
      values.isEmpty ? fallback : values.removeFirst()
    }
    let functions = try names.map { name -> ActivationFunction in
      switch name.lowercased() {
      case "relu": return .relu
      case "tanh": return .tanh
      case "sigmoid": return .sigmoid
      case "leakyrelu": return .leakyRelu(next(&alphas, or: 0.01))
      case "hardsigmoid": return .hardSigmoidSlope(next(&alphas, or: 0.2), next(&betas, or: 0.5))
      default: throw node.failure("the activation \(name) is not supported")
      }
    }
    let count = direction == .bidirectional ? 2 : 1
    guard functions.count % count == 0 else { throw node.failure("\(functions.count) activations") }
    let perDirection = functions.count / count
    return (0..<count).map { Array(functions[$0 * perDirection..<($0 + 1) * perDirection]) }
  }
}
