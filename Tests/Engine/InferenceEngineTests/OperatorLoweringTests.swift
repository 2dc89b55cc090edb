import GraphCompiler
import Graphs
import InferenceEngine
import Tensors
import Testing

/// Each operator alone: by a kernel, in agreement with its naive evaluation.
@Suite struct OperatorLoweringTests {
  struct Case: Sendable, CustomStringConvertible {
    var operation: any Operator
    var shape: Shape
    /// Shapes of weights behind the first operand.
    var weights: [Shape] = []
    var description: String { "\(operation) of \(shape), weights \(weights)" }
  }

  static let image: Shape = [2, 7, 9, 5]
  static let cases: [Case] = [
    Case(operation: Convolution(), shape: image, weights: [[13, 7, 1, 1], [13]]),
    Case(
      operation: Convolution(
        strides: [2, 1], dilations: [1, 2], padding: Padding(top: 0, left: 2, bottom: 1, right: 0)),
      shape: image, weights: [[3, 7, 3, 2]]),
    Case(
      operation: Convolution(padding: Padding(all: 2), groups: 7, activation: .gelu), shape: image,
      weights: [[7, 1, 5, 5], [7]]),
    Case(
      operation: Convolution(groups: 2, activation: .tanh), shape: [1, 6, 4, 4], weights: [[10, 3, 3, 3]]),
    Case(operation: ConvolutionTranspose(strides: [2, 3]), shape: image, weights: [[7, 4, 3, 3], [4]]),
    Case(
      operation: AveragePool(kernel: [3, 2], strides: [2, 2], padding: Padding(all: 1), ceilMode: true),
      shape: image),
    Case(
      operation: AveragePool(kernel: [3, 3], padding: Padding(all: 1), countIncludesPadding: true),
      shape: image),
    Case(operation: MaxPool(kernel: [2, 2], strides: [2, 2], ceilMode: true), shape: image),
    Case(operation: GlobalPool(kind: .average), shape: image),
    Case(operation: GlobalPool(kind: .maximum), shape: image),
    Case(operation: Resize(mode: .bilinear, coordinates: .alignCorners, height: 4, width: 11), shape: image),
    Case(
      operation: Resize(mode: .bilinear, coordinates: .pytorchHalfPixel, height: 18, width: 10), shape: image),
    Case(
      operation: Resize(mode: .nearest(.roundPreferFloor), coordinates: .halfPixel, height: 5, width: 12),
      shape: image),
    Case(operation: ParametricRelu(), shape: image, weights: [[7]]),
    Case(operation: Activation(.sigmoid), shape: [3, 5]),
    Case(operation: ErrorFunction(), shape: [17]),
    Case(operation: BinaryArithmetic(.subtract), shape: image, weights: [[7, 1, 1]]),
    Case(operation: BinaryArithmetic(.divide), shape: image, weights: [[9, 1]]),
    Case(operation: BinaryArithmetic(.maximum), shape: [5, 1, 3], weights: [[4, 1]]),
    Case(operation: BinaryArithmetic(.add), shape: [], weights: [[2, 3]]),
    Case(
      operation: Linear(transposesRight: true, alpha: 0.5, beta: 2), shape: [3, 4, 7],
      weights: [[5, 7], [5]]),
    Case(operation: Linear(transposesLeft: true), shape: [7, 4], weights: [[7, 5], [1]]),
    Case(operation: MatrixProduct(), shape: [2, 3, 4, 5], weights: [[3, 5, 7]]),
    Case(operation: MatrixProduct(), shape: [5], weights: [[5, 7]]),
    Case(operation: MatrixProduct(), shape: [2, 4, 5], weights: [[5]]),
    Case(operation: Softmax(axis: 1), shape: image),
    Case(operation: Softmax(), shape: [3, 19]),
    Case(operation: LayerNormalization(), shape: [2, 5, 13], weights: [[13], [13]]),
    Case(operation: LayerNormalization(axis: 1), shape: [2, 5, 3], weights: [[5, 3]]),
    Case(operation: Reduce(kind: .mean, axes: [1]), shape: image),
    Case(operation: Reduce(kind: .maximum, axes: [-1], keepsDimensions: false), shape: image),
    Case(operation: Reduce(kind: .sum), shape: [3, 7]),
    Case(operation: Pad(mode: .reflect, before: [0, 0, 2, 1], after: [0, 0, 0, 3]), shape: image),
    Case(operation: Pad(mode: .edge, before: [0, 1, -1, 1], after: [0, 0, 0, 3]), shape: image),
    Case(operation: Transpose(permutation: [3, 1, 0, 2]), shape: image),
    Case(operation: Reshape(shape: [9, -1]), shape: image),
    Case(operation: Slice(starts: [-1, 1], ends: [.min, 4], axes: [1, 2], steps: [-2, 1]), shape: image),
    Case(operation: Concatenation(axis: 1), shape: image, weights: [[2, 3, 9, 5]]),
    Case(operation: Concatenation(axis: 2), shape: image, weights: [[2, 7, 1, 5]]),
    Case(operation: Split(axis: 1, sizes: [2, 0, 5]), shape: image),
  ]

  /// The operator between two others that keep images channels last, or alone.
  @Test(arguments: cases.indices, [false, true]) func agreesWithItsEvaluation(index: Int, isInside: Bool)
    throws
  {
    let example = Self.cases[index]
    var net = NetworkBuilder("operator", seed: UInt64(index + 1))
    var x = net.graph.addInput("x", ValueType(example.shape))
    if isInside, example.shape.rank == 4 { x = try net(MaxPool(kernel: [1, 1]), x) }
    let operands = [x] + example.weights.map { net.weights($0, 0.5...1.5) }
    var outputs = try net.graph.add(example.operation, operands, name: "operator")
    if isInside { outputs = try outputs.map { try net(Activation(.tanh), $0) } }
    net.graph.outputs = outputs
    let inputs = net.samples()
    let expected = try net.graph.evaluateReference(inputs)
    for appliesRules in [false, true] {
      let model = try Model(graph: net.graph, options: CompileOptions(appliesRules: appliesRules))
      expectEqual(
        try Session(model).run(inputs), expected, "\(example), inside \(isInside), rules \(appliesRules)")
      let hasEmptyResult = outputs.contains { net.shape($0).elementCount == 0 }
      if appliesRules, !hasEmptyResult {
        #expect(model.plan.referenceSteps.map(\.operation) == [], "\(example)")
      }
    }
  }

  @Test(arguments: [1, 2], [1, 2]) func runsInvertedResidualsInOnePass(threads: Int, stride: Int) throws {
    var net = NetworkBuilder("block")
    let x = net.graph.addInput("x", ValueType([1, 8, 91, 93]))
    var y = try net(Activation(.relu6), net.convolve(x, 72))
    y = try net(Activation(.relu6), net.convolve(y, 72, kernel: 3, stride: stride, groups: 72))
    y = try net.convolve(y, 8)
    net.graph.outputs = [stride == 1 ? try net(BinaryArithmetic(.add), y, x) : y]
    let model = try Model(graph: net.graph)
    // Behind a stride the image is small enough to be written out.
    let rest = stride == 1 ? [] : ["Convolution"]
    #expect(model.plan.steps.map(\.operation) == ["Conversion", "RowPipeline"] + rest + ["Conversion"])
    let inputs = net.samples()
    expectEqual(
      try Session(model, threads: threads).run(inputs), try net.graph.evaluateReference(inputs),
      "\(threads) threads, stride \(stride)")
  }

  /// A network's last enlargement, which the caller gets channels first.
  @Test(arguments: [1, 2], [1, 3, 21]) func writesEnlargedImagesChannelsFirst(threads: Int, channels: Int)
    throws
  {
    var net = NetworkBuilder("head")
    let x = net.graph.addInput("x", ValueType([2, 5, 9, 7]))
    let y = try net.convolve(x, channels)
    net.graph.outputs = [
      try net(Resize(mode: .bilinear, coordinates: .halfPixel, height: 33, width: 29), y)
    ]
    let model = try Model(graph: net.graph)
    #expect(model.plan.steps.map(\.operation) == ["Conversion", "Convolution", "Resize"])
    let inputs = net.samples()
    expectEqual(
      try Session(model, threads: threads).run(inputs), try net.graph.evaluateReference(inputs),
      "\(threads) threads, \(channels) channels")
  }
}
