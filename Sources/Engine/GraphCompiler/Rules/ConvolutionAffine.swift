import Graphs
import Tensors

/// A convolution, plain or transposed, with constant weights whose result may be scaled and shifted per channel by changing
/// the weights.
struct ConvolutionAffine {
  /// The convolution's place in the graph.
  let index: Int
  private let original: Node
  private let weight: Tensor
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
    guard rewriter.onlyReader(of: value) != nil, let weightValue = node.inputs[1],
      let weight = rewriter.graph[weightValue].constant, weight.elementType == .float32,
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
    // Every convolution found by `init` has a constant weight.
    let name = rewriter.graph[original.inputs[1]!].name
    let bias = zip(bias ?? [Float](repeating: 0, count: terms.count), zip(factors, terms)).map {
      $0 * $1.0 + $1.1
    }
    var node = original
    node.inputs = [
      original.inputs[0], rewriter.addConstant(name, scaledWeight(by: factors)),
      rewriter.addConstant("\(original.name).bias", Tensor([bias.count], elements: bias)),
    ]
    node.outputs = outputs
    return node
  }

  /// Returns the weight, of rank 4, with what serves each output channel multiplied by that channel's factor.
  private func scaledWeight(by factors: [Float]) -> Tensor {
    let shape = weight.shape
    let kernel = shape[2] * shape[3]
    var elements: [Float] = weight.elements()
    func scale(_ range: Range<Int>, _ factor: Float) {
      for position in range { elements[position] *= factor }
    }
    if let transposed = original.operation as? ConvolutionTranspose {
      for input in 0..<shape[0] {
        let group = input / (shape[0] / transposed.groups)
        for output in 0..<shape[1] {
          let first = (input * shape[1] + output) * kernel
          scale(first..<first + kernel, factors[group * shape[1] + output])
        }
      }
    } else {
      let count = shape[1] * kernel
      for output in 0..<shape[0] { scale(output * count..<(output + 1) * count, factors[output]) }
    }
    return Tensor(shape, elements: elements)
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
