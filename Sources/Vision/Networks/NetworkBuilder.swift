import Graphs
import Tensors

/// Builds a network's graph layer by layer.
///
/// A layer is named by its path; its weights are `PATH.weight` and `PATH.bias`, and their shapes are checked
/// against what the layer needs. Nodes are named by the path without the words that only say "here is a list".
struct NetworkBuilder {
  /// Words of a path that tell nothing about a layer: `up16.blocks.0.project` is shown as `up16.0.project`.
  private static let listWords: Set<Substring> = ["blocks", "stages"]

  private(set) var graph: Graph
  private let weights: any WeightSource

  /// Starts an empty network.
  init(name: String, weights: any WeightSource) {
    self.graph = Graph(name: name)
    self.weights = weights
  }

  /// Declares an image-like input of one picture.
  mutating func input(_ name: String, channels: Int, height: Int, width: Int) -> ValueID {
    graph.addInput(name, ValueType([1, channels, height, width]))
  }

  /// Declares a result under a name of its own.
  mutating func output(_ value: ValueID, named name: String) {
    graph[value].name = name
    graph.outputs.append(value)
  }

  /// The shape of a value.
  func shape(of value: ValueID) -> Shape { graph[value].type.shape }

  /// Fetches a weight and adds it as a constant.
  mutating func addWeight(
    _ name: String, _ shape: Shape, changedBy change: (Tensor) throws -> Tensor = { $0 }
  ) throws -> ValueID {
    let tensor = try weights.weight(named: name, shape: shape)
    guard tensor.shape == shape else {
      throw NetworkError.weightShape(network: graph.name, name: name, found: tensor.shape, expected: shape)
    }
    return graph.addConstant(name, try change(tensor))
  }

  /// Adds a number that is no weight.
  mutating func constant(_ name: String, _ value: Float) -> ValueID {
    constant(name, Tensor([], repeating: value))
  }

  /// Adds numbers that are no weights.
  mutating func constant(_ name: String, _ tensor: Tensor) -> ValueID { graph.addConstant(name, tensor) }

  /// Adds any operator with a single result.
  mutating func apply(_ operation: any Operator, _ operands: [ValueID?], _ name: String) throws -> ValueID {
    try applyAll(operation, operands, name)[0]
  }

  /// Adds any operator with several results.
  mutating func applyAll(_ operation: any Operator, _ operands: [ValueID?], _ name: String) throws
    -> [ValueID]
  {
    let words = name.split(separator: ".").filter { !Self.listWords.contains($0) }
    return try graph.add(operation, operands, name: words.joined(separator: "."))
  }

  // MARK: Layers

  /// Adds a convolution.
  ///
  /// - Parameter padding: nil for as much on each side as keeps the size at stride 1.
  mutating func convolution(
    _ x: ValueID, _ path: String, to outputs: Int, kernel: Int = 1, stride: Int = 1, padding: Padding? = nil,
    groups: Int = 1, hasBias: Bool = true, activation: ActivationFunction = .identity
  ) throws -> ValueID {
    let inputs = shape(of: x)[1]
    let operation = Convolution(
      strides: [stride, stride], padding: padding ?? Padding(all: kernel / 2), groups: groups,
      activation: activation)
    let weight = try addWeight("\(path).weight", [outputs, inputs / groups, kernel, kernel])
    let bias = hasBias ? try addWeight("\(path).bias", [outputs]) : nil
    return try apply(operation, [x, weight, bias], path)
  }

  /// Adds a convolution of each channel by itself.
  mutating func depthwiseConvolution(
    _ x: ValueID, _ path: String, kernel: Int, stride: Int = 1, padding: Padding? = nil,
    hasBias: Bool = true, activation: ActivationFunction = .identity
  ) throws -> ValueID {
    let channels = shape(of: x)[1]
    return try convolution(
      x, path, to: channels, kernel: kernel, stride: stride, padding: padding, groups: channels,
      hasBias: hasBias, activation: activation)
  }

  /// Adds a linear layer with a bias over rows.
  mutating func linear(
    _ x: ValueID, _ path: String, to outputs: Int, activation: ActivationFunction = .identity
  ) throws -> ValueID {
    let weight = try addWeight("\(path).weight", [outputs, shape(of: x)[1]])
    let bias = try addWeight("\(path).bias", [outputs])
    return try apply(Linear(transposesRight: true, activation: activation), [x, weight, bias], path)
  }

  /// Adds a layer normalisation over the last axis.
  mutating func layerNormalization(_ x: ValueID, _ path: String) throws -> ValueID {
    let width = shape(of: x)[-1]
    let scale = try addWeight("\(path).weight", [width])
    let bias = try addWeight("\(path).bias", [width])
    return try apply(LayerNormalization(axis: -1, epsilon: 1e-5), [x, scale, bias], path)
  }

  /// Adds a batch normalisation of known statistics.
  mutating func batchNormalization(_ x: ValueID, _ path: String, epsilon: Float) throws -> ValueID {
    let channels = shape(of: x)[1]
    let operands = try ["weight", "bias", "running_mean", "running_var"].map {
      try addWeight("\(path).\($0)", [channels])
    }
    return try apply(BatchNormalization(epsilon: epsilon), [x] + operands, path)
  }

  /// Adds a rectifier with one slope for each channel.
  mutating func parametricRelu(_ x: ValueID, _ path: String) throws -> ValueID {
    try apply(ParametricRelu(), [x, addWeight("\(path).weight", [shape(of: x)[1]])], path)
  }

  /// Adds two values of the same shape.
  mutating func add(_ left: ValueID, _ right: ValueID, _ name: String) throws -> ValueID {
    try apply(BinaryArithmetic(.add), [left, right], name)
  }

  /// Applies a function to each element.
  mutating func activate(_ x: ValueID, _ function: ActivationFunction, _ name: String) throws -> ValueID {
    try apply(Activation(function), [x], name)
  }

  /// Enlarges an image's height and width, bilinear.
  mutating func enlarge(
    _ x: ValueID, _ name: String, by factor: Int = 2, coordinates: Resize.Coordinates = .halfPixel
  ) throws -> ValueID {
    let shape = shape(of: x)
    let operation = Resize(
      mode: .bilinear, coordinates: coordinates, height: factor * shape[2], width: factor * shape[3])
    return try apply(operation, [x], name)
  }
}
