import Graphs
import Tensors

/// A convolution, plain or transposed, with constant weights whose result may be scaled and shifted per channel by changing
/// the weights.
struct ConvolutionAffine {
  /// The convolution's place in the graph.
  let index: Int
  private let original: Node
  private let weight: [Float]
  private let bias: [Float]?

  /// Finds the convolution that writes `value`; nil when it has another reader, variable weights or already more behind
  /// its sum than the bias.
  init?(before value: ValueID, in rewriter: GraphRewriter) {
    let index: Int
    if let writer = rewriter.writer(of: value, as: Convolution.self) {
      guard writer.operation.activation == .identity else { return nil }
      index = writer.index
    } else if let writer = rewriter.writer(of: value, as: ConvolutionTranspose.self) {
      guard writer.operation.activation == .identity else { return nil }
      index = writer.index
    } else {
      return nil
    }
    let node = rewriter.graph.nodes[index]
    guard rewriter.onlyReader(of: value) != nil, let weight = rewriter.floats(node.inputs[1]),
      node.inputs.dropFirst(3).allSatisfy({ $0 == nil })
    else { return nil }
    let biasValue = node.inputs.count > 2 ? node.inputs[2] : nil
    let bias = rewriter.floats(biasValue)
    guard biasValue == nil || bias != nil else { return nil }
    self.index = index
    self.original = node
    self.weight = weight
    self.bias = bias
  }

  /// The number of output channels.
  func channels(in graph: Graph) -> Int { graph[original.outputs[0]].type.shape[1] }

  /// Returns the convolution that gives `factors` times the old result plus `terms`, one of each per output channel.
  func node(factors: [Float], terms: [Float], outputs: [ValueID], in rewriter: inout GraphRewriter) -> Node {
    // Every convolution found by `init` has a weight of rank 4.
    let weightValue = original.inputs[1]!
    let shape = rewriter.graph[weightValue].type.shape
    let name = rewriter.graph[weightValue].name
    var scaled = weight
    for position in scaled.indices { scaled[position] *= factors[channel(ofElement: position, shape)] }
    let bias = zip(bias ?? [Float](repeating: 0, count: terms.count), zip(factors, terms)).map {
      $0 * $1.0 + $1.1
    }
    var node = original
    node.inputs = [
      original.inputs[0], rewriter.addConstant(name, Tensor(shape, elements: scaled)),
      rewriter.addConstant("\(original.name).bias", Tensor([bias.count], elements: bias)),
    ]
    node.outputs = outputs
    return node
  }

  /// Returns the output channel that a weight element serves.
  private func channel(ofElement position: Int, _ shape: Shape) -> Int {
    let kernel = shape[2] * shape[3]
    guard let transposed = original.operation as? ConvolutionTranspose else {
      return position / (shape[1] * kernel)
    }
    let inputChannel = position / (shape[1] * kernel)
    let group = inputChannel / (shape[0] / transposed.groups)
    return group * shape[1] + position / kernel % shape[1]
  }
}

/// Multiplication and addition of one constant per channel.
enum ChannelArithmetic {
  /// Returns the two nodes that compute `input` times `factors` plus `terms` over the second axis of a value of `rank`.
  static func nodes(
    _ input: ValueID, factors: [Float], terms: [Float], rank: Int, name: String, outputs: [ValueID],
    in rewriter: inout GraphRewriter
  ) -> [Node] {
    let shape = Shape([factors.count] + [Int](repeating: 1, count: rank - 2))
    let scale = rewriter.addConstant("\(name).scale", Tensor(shape, elements: factors))
    let shift = rewriter.addConstant("\(name).shift", Tensor(shape, elements: terms))
    let product = rewriter.addValue("\(name).product", rewriter.graph[input].type)
    return [
      Node(
        name: "\(name).product", operation: BinaryArithmetic(.multiply), inputs: [input, scale],
        outputs: [product]),
      Node(name: name, operation: BinaryArithmetic(.add), inputs: [product, shift], outputs: outputs),
    ]
  }
}
