import Graphs
import Tensors

/// Turns a transposed convolution with constant weights into a plain one that computes all pixels of a stride at once as
/// channels, which are then spread over the image (Shi et al., Is the deconvolution layer the same as a convolutional layer?,
/// 2016).
///
/// Along an axis of stride s, kernel k and padding p, pixel y of the full result (before cutting the padding) is phase
/// y mod s of position y / s, and adds x[y / s - d] w[y mod s + d s] over the ceil(k / s) distances d.
package struct ConvolveSubpixels: RewriteRule {
  package static let name = "Transposed convolution to subpixels"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard let transposed = node.operation as? ConvolutionTranspose, transposed.dilations == [1, 1],
        transposed.groups == 1, let input = node.inputs[0], let weightValue = node.inputs[1],
        let weight = rewriter.floats(weightValue),
        node.inputs.count < 3 || node.inputs[2] == nil
          || rewriter.floats(node.inputs[2]) != nil
      else { continue }
      let bias = node.inputs.count > 2 ? rewriter.floats(node.inputs[2]) : nil
      let layer = SubpixelLayer(
        transposed, weight: weight, weightShape: graph[weightValue].type.shape, bias: bias,
        image: graph[input].type.shape, result: graph[node.outputs[0]].type.shape)
      rewriter.replace([index], with: try layer.nodes(node, in: &rewriter))
    }
    return rewriter.result()
  }
}

/// A transposed convolution as a plain one.
private struct SubpixelLayer {
  let transposed: ConvolutionTranspose
  let weight: [Float]
  /// C x O x kernel height x kernel width.
  let weightShape: Shape
  let bias: [Float]?
  let image: Shape
  let result: Shape

  init(
    _ transposed: ConvolutionTranspose, weight: [Float], weightShape: Shape, bias: [Float]?, image: Shape,
    result: Shape
  ) {
    self.transposed = transposed
    self.weight = weight
    self.weightShape = weightShape
    self.bias = bias
    self.image = image
    self.result = result
  }

  private var strides: [Int] { transposed.strides }
  /// Taps of the plain kernel: height, width.
  private var taps: [Int] { (0..<2).map { (weightShape[2 + $0] + strides[$0] - 1) / strides[$0] } }
  private var before: [Int] { [transposed.padding.top, transposed.padding.left] }
  private var channels: Int { weightShape[1] }
  private var phases: Int { strides[0] * strides[1] }

  /// Positions of the plain convolution: as many as the result needs along each axis.
  private var positions: [Int] {
    (0..<2).map { (before[$0] + result[2 + $0] + strides[$0] - 1) / strides[$0] }
  }

  func nodes(_ node: Node, in rewriter: inout GraphRewriter) throws -> [Node] {
    // Positions past the image read zeros, and there may be fewer of them than the image has (when the padding cuts).
    let after = (0..<2).map { positions[$0] - image[2 + $0] }
    let convolution = Convolution(
      padding: Padding(
        top: taps[0] - 1, left: taps[1] - 1, bottom: max(after[0], 0), right: max(after[1], 0)),
      activation: transposed.activation)
    let rows = image[2] + max(after[0], 0)
    let columns = image[3] + max(after[1], 0)
    let kernel = rewriter.addConstant(
      "\(node.name).weight",
      Tensor([phases * channels, image[1], taps[0], taps[1]], elements: plainWeight()))
    let biases = bias.map { bias in
      rewriter.addConstant(
        "\(node.name).bias",
        Tensor([phases * channels], elements: (0..<phases).flatMap { _ in bias }))
    }
    var chain = NodeChain(node.name, in: rewriter)
    chain.append(
      convolution, [node.inputs[0], kernel, biases], [image[0], phases * channels, rows, columns], &rewriter)
    try chain.append(
      Reshape(shape: [image[0], strides[0], strides[1], channels, rows, columns]), &rewriter)
    try chain.append(Transpose(permutation: [0, 3, 4, 1, 5, 2]), &rewriter)
    try chain.append(
      Reshape(shape: [image[0], channels, rows * strides[0], columns * strides[1]]), &rewriter)
    try chain.append(
      Slice(
        starts: before, ends: [before[0] + result[2], before[1] + result[3]], axes: [2, 3]), &rewriter)
    return chain.finished(writing: node.outputs)
  }

  /// The plain kernel [phase row, phase column, O] x C x taps; taps run against distances.
  private func plainWeight() -> [Float] {
    let (height, width) = (weightShape[2], weightShape[3])
    var plain: [Float] = []
    plain.reserveCapacity(phases * channels * image[1] * taps[0] * taps[1])
    for phase in 0..<phases {
      let (phaseRow, phaseColumn) = (phase / strides[1], phase % strides[1])
      for output in 0..<channels {
        for input in 0..<image[1] {
          for tap in 0..<(taps[0] * taps[1]) {
            let row = phaseRow + (taps[0] - 1 - tap / taps[1]) * strides[0]
            let column = phaseColumn + (taps[1] - 1 - tap % taps[1]) * strides[1]
            let isInside = row < height && column < width
            plain.append(
              isInside ? weight[((input * channels + output) * height + row) * width + column] : 0)
          }
        }
      }
    }
    return plain
  }
}

/// Nodes each of which reads what the one before it writes.
private struct NodeChain {
  private let name: String
  private var nodes: [Node] = []

  init(_ name: String, in rewriter: GraphRewriter) { self.name = name }

  /// Appends a node with given operands and result.
  mutating func append(
    _ operation: any Operator, _ inputs: [ValueID?], _ shape: Shape, _ rewriter: inout GraphRewriter
  ) {
    let suffix = nodes.isEmpty ? "" : ".\(operation.name.lowercased())\(nodes.count)"
    let output = rewriter.addValue("\(name)\(suffix).value", ValueType(shape))
    nodes.append(Node(name: name + suffix, operation: operation, inputs: inputs, outputs: [output]))
  }

  /// Appends a node that reads the last one's result.
  mutating func append(_ operation: any Operator, _ rewriter: inout GraphRewriter) throws {
    let input = nodes[nodes.count - 1].outputs[0]
    let types = try operation.outputTypes(for: [rewriter.graph[input].type])
    append(operation, [input], types[0].shape, &rewriter)
  }

  /// Returns the nodes, the last of which writes `outputs`.
  func finished(writing outputs: [ValueID]) -> [Node] {
    var nodes = nodes
    nodes[nodes.count - 1].outputs = outputs
    return nodes
  }
}
