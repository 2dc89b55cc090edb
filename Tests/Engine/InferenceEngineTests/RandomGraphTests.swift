import Graphs
import InferenceEngine
import Tensors
import Testing

/// Graphs grown at random from a seed: chains and branches of many operators on images of odd sizes.
@Suite struct RandomGraphTests {
  @Test(arguments: 0..<60) func agreesWithTheReference(seed: Int) throws {
    var grower = GraphGrower(seed: UInt64(seed + 1))
    try grower.grow(steps: 14)
    let inputs = grower.net.samples()
    let expected = try grower.net.graph.evaluateReference(inputs)
    let model = try Model(graph: grower.net.graph)
    for threads in 1...2 {
      let session = Session(model, threads: threads)
      // Twice: what a run leaves behind must not matter.
      _ = try session.run(inputs)
      let found = try session.run(inputs)
      let operations = grower.net.graph.nodes.map { "\($0.operation)" }.joined(separator: "\n  ")
      expectEqual(found, expected, "seed \(seed), \(threads) threads\n  \(operations)\n")
    }
  }

  @Test(arguments: 0..<60) func placesNothingTwice(seed: Int) throws {
    var grower = GraphGrower(seed: UInt64(seed + 1))
    try grower.grow(steps: 14)
    expectDisjointBuffers(try Model(graph: grower.net.graph).plan, "seed \(seed)")
  }
}

/// Appends random operators to random values.
private struct GraphGrower {
  var net: NetworkBuilder
  private var values: [ValueID] = []

  init(seed: UInt64) { net = NetworkBuilder("random", seed: seed) }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: choices.indices, using: &net.numbers)]
  }

  mutating func grow(steps: Int) throws {
    let shape: Shape = [
      pick([1, 1, 2]), pick([1, 3, 8, 13]), pick([1, 5, 8, 11]), pick([1, 4, 7, 12]),
    ]
    values = [net.graph.addInput("a", ValueType(shape)), net.graph.addInput("b", ValueType(shape))]
    while net.graph.nodes.count < steps {
      let x = pick(values)
      let y = try net.shape(x).rank == 4 ? growImage(x) : growMatrix(x)
      // Bounded, so that many layers stay comparable.
      values.append(try net(Activation(.tanh), y))
      if Bool.random(using: &net.numbers) { values.append(y) }
    }
    let read = Set(net.graph.nodes.flatMap { $0.inputs.compactMap { $0 } })
    let ends = net.graph.nodes.flatMap(\.outputs).filter { !read.contains($0) }
    net.graph.outputs = ends + [pick(values.filter { !ends.contains($0) && !net.graph.inputs.contains($0) })]
  }

  private mutating func growImage(_ x: ValueID) throws -> ValueID {
    let shape = net.shape(x)
    let (batch, channels, height, width) = (shape[0], shape[1], shape[2], shape[3])
    switch Int.random(in: 0..<17, using: &net.numbers) {
    case 0: return try net.convolve(x, pick([1, 4, 9, 16]), kernel: 1)
    case 1: return try net.convolve(x, pick([3, 8]), kernel: 3, stride: pick([1, 2]))
    case 2:
      return try net.convolve(x, channels, kernel: pick([3, 5]), stride: pick([1, 2]), groups: channels)
    case 3: return try net.normalize(net.convolve(x, channels, kernel: 3))
    case 4:
      let other = pick(values.filter { net.shape($0) == shape })
      return try net(BinaryArithmetic(pick([.add, .subtract, .multiply, .maximum])), x, other)
    case 5: return try net(BinaryArithmetic(.add), net.convolve(x, channels), x)
    case 6:
      let small = pick([
        [channels, 1, 1], [1], [1, channels, 1, 1], [width], [height, 1], [1, 1, height, width],
      ])
      return try net(BinaryArithmetic(pick([.add, .multiply])), x, net.weights(Shape(small)))
    case 7: return try net(Activation(pick([.relu, .sigmoid, .hardSwish, .gelu, .leakyRelu(0.1)])), x)
    case 8: return try net(ParametricRelu(), x, net.weights([channels]))
    case 9:
      let others = values.filter {
        let other = net.shape($0)
        return other.rank == 4 && (other[0], other[2], other[3]) == (batch, height, width)
      }
      return try net(Concatenation(axis: 1), x, pick(others), net.convolve(x, 4))
    case 10:
      guard channels > 1 else { return try net(Activation(.negate), x) }
      let parts = try net.graph.add(
        Split(axis: 1, sizes: [1, channels - 1]), [x], name: "split\(net.graph.nodes.count)")
      return try net(Concatenation(axis: 1), parts[1], net(Activation(.silu), parts[0]))
    case 11:
      let mode: Resize.Mode = pick([.bilinear, .nearest(.floor)])
      return try net(
        Resize(mode: mode, coordinates: pick([.halfPixel, .asymmetric]), height: pick([3, 9]), width: 6), x)
    case 12:
      let kernel = [min(2, height), min(3, width)]
      return try net(
        pick([MaxPool(kernel: kernel), AveragePool(kernel: kernel, ceilMode: true)] as [any Operator]), x)
    case 13: return try net(BinaryArithmetic(.multiply), x, net(GlobalPool(kind: .average), x))
    case 14:
      let rows = try net(Reshape(shape: [batch, channels, height * width]), x)
      return try net(Transpose(permutation: [0, 2, 1]), rows)
    case 15:
      return try net(
        pick(
          [
            Transpose(permutation: [0, 1, 3, 2]), Softmax(axis: pick([1, 2, -1])),
            Pad(mode: .constant(0.5), before: [0, 1, 0, 2], after: [0, 0, 1, 0]),
            Slice(starts: [0, 0], ends: [9, 5], axes: [2, 3], steps: [2, 1]),
            Reduce(kind: .mean, axes: [1]), Reshape(shape: [batch, height, channels, width]),
          ] as [any Operator]), x)
    default:
      return try net(
        ConvolutionTranspose(strides: [2, 2], padding: Padding(all: 1)), x,
        net.weights([channels, 3, 4, 4], -0.3...0.3))
    }
  }

  private mutating func growMatrix(_ x: ValueID) throws -> ValueID {
    let shape = net.shape(x)
    guard shape.rank == 3 else { return try net(Activation(.relu), x) }
    switch Int.random(in: 0..<8, using: &net.numbers) {
    case 0: return try net.linear(x, pick([5, 8, 24]))
    case 1: return try net(LayerNormalization(), x, net.weights([shape[2]]), net.weights([shape[2]]))
    case 2: return try net(MatrixProduct(), x, net(Transpose(permutation: [0, 2, 1]), x))
    case 3: return try net(MatrixProduct(), net(Transpose(permutation: [0, 2, 1]), x), x)
    case 4: return try net(Softmax(axis: pick([1, 2])), x)
    case 5: return try net(BinaryArithmetic(.add), x, net.weights([shape[1], shape[2]]))
    case 6:
      let map = try net(Transpose(permutation: [0, 2, 1]), x)
      return try net(Reshape(shape: [shape[0], shape[2], 1, shape[1]]), map)
    default: return try net(Reduce(kind: pick([.mean, .maximum, .sum]), axes: [pick([1, 2])]), x)
    }
  }
}
