import Graphs
import Tensors

/// Numbers that look random and are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// Returns a tensor of numbers in a range.
  mutating func tensor(_ shape: Shape, _ range: ClosedRange<Float> = -1...1) -> Tensor {
    Tensor(shape, elements: (0..<shape.elementCount).map { _ in Float.random(in: range, using: &self) })
  }
}

/// Builds networks from layers with seeded weights.
struct NetworkBuilder {
  var graph: Graph
  var numbers: SeededNumbers

  init(_ name: String, seed: UInt64 = 1) {
    graph = Graph(name: name)
    numbers = SeededNumbers(seed: seed)
  }

  func shape(_ value: ValueID) -> Shape { graph[value].type.shape }

  mutating func weights(_ shape: Shape, _ range: ClosedRange<Float> = -1...1) -> ValueID {
    graph.addConstant("constant\(graph.values.count)", numbers.tensor(shape, range))
  }

  mutating func callAsFunction(_ operation: any Operator, _ operands: ValueID?...) throws -> ValueID {
    try graph.add(operation, operands, name: "\(operation.name)\(graph.nodes.count)")[0]
  }

  /// A convolution whose outputs keep the magnitude of its inputs.
  mutating func convolve(
    _ x: ValueID, _ channels: Int, kernel: Int = 1, stride: Int = 1, groups: Int = 1, hasBias: Bool = true
  ) throws -> ValueID {
    let depth = shape(x)[1] / groups
    let limit = 1.7 / Float(depth * kernel * kernel).squareRoot()
    let weight = weights([channels, depth, kernel, kernel], -limit...limit)
    return try self(
      Convolution(strides: [stride, stride], padding: Padding(all: kernel / 2), groups: groups), x, weight,
      hasBias ? weights([channels]) : nil)
  }

  mutating func normalize(_ x: ValueID) throws -> ValueID {
    let channels = shape(x)[1]
    return try self(
      BatchNormalization(), x, weights([channels], 0.5...1.5), weights([channels]), weights([channels]),
      weights([channels], 0.5...1.5))
  }

  mutating func linear(_ x: ValueID, _ features: Int) throws -> ValueID {
    let limit = 1.7 / Float(shape(x)[-1]).squareRoot()
    let product = try self(MatrixProduct(), x, weights([shape(x)[-1], features], -limit...limit))
    return try self(BinaryArithmetic(.add), product, weights([features]))
  }

  /// One sample for each input.
  mutating func samples(_ range: ClosedRange<Float> = -1...1) -> [String: Tensor] {
    var samples: [String: Tensor] = [:]
    for input in graph.inputs { samples[graph[input].name] = numbers.tensor(shape(input), range) }
    return samples
  }
}
