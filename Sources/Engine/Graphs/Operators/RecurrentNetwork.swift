import Tensors

/// A recurrent layer: a simple one, LSTM of Hochreiter and Schmidhuber (1997) or GRU of Cho et al. (2014), with the
/// operands and the order of gates of ONNX RNN, LSTM and GRU.
///
/// Operands: sequences `[T, N, I]`; weights of inputs `[D, G H, I]`; weights of the state `[D, G H, H]`; and,
/// optional, biases `[D, 2 G H]`, lengths int32 `[N]`, first states `[D, N, H]` and, for LSTM, first cells
/// `[D, N, H]` and peepholes `[D, 3 H]`; D directions, G gates. Results: all states `[T, D, N, H]`, the last
/// states `[D, N, H]` and, for LSTM, the last cells.
public struct RecurrentNetwork: Operator, Hashable {
  public static let name = "RecurrentNetwork"

  /// What a cell computes.
  public enum Kind: Sendable, Hashable {
    case simple
    case longShortTermMemory(couplesForgetGate: Bool)
    case gatedRecurrentUnit(resetsAfterProduct: Bool)

    /// Rows of the weights for each state.
    var gates: Int {
      switch self {
      case .simple: 1
      case .longShortTermMemory: 4
      case .gatedRecurrentUnit: 3
      }
    }
  }

  /// In which order a sequence is read.
  public enum Direction: String, Sendable, Hashable, CaseIterable { case forward, reverse, bidirectional }

  /// What a cell computes.
  public var kind: Kind
  /// The elements of a state, H.
  public var hiddenSize: Int
  /// In which order a sequence is read.
  public var direction: Direction
  /// The functions of each direction's gates, in ONNX's order.
  public var activations: [[ActivationFunction]]
  /// The largest magnitude that functions are given.
  public var clip: Float

  /// Makes a layer; the functions are ONNX's own unless given.
  public init(
    _ kind: Kind, hiddenSize: Int, direction: Direction = .forward,
    activations: [[ActivationFunction]]? = nil, clip: Float = .infinity
  ) {
    self.kind = kind
    self.hiddenSize = hiddenSize
    self.direction = direction
    self.activations =
      activations ?? [[ActivationFunction]](repeating: kind.activations, count: direction.count)
    self.clip = clip
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let isLong = kind.gates == 4
    let operands = try OperandTypes(inputs, of: name, count: 3...(isLong ? 8 : 6))
    let sequences = try operands.floats(0, "the sequences", rank: 3)
    let (batch, size, count) = (sequences[1], hiddenSize, direction.count)
    guard (1...OperandTypes.attributeLimit).contains(size) else {
      throw operands.attributeError("hiddenSize", size, "a positive number")
    }
    guard activations.count == count, activations.allSatisfy({ $0.count == kind.activations.count }) else {
      throw operands.attributeError(
        "activations", activations, "\(kind.activations.count) for each direction")
    }
    let rows = kind.gates * size
    try operands.require(1, "the weights", is: [count, rows, sequences[2]])
    try operands.require(2, "the weights of the state", is: [count, rows, size])
    try operands.optional(3, "the biases", is: [count, 2 * rows])
    if operands.has(4) {
      let lengths = try operands.indices(4, "the lengths")
      guard lengths == [batch] else { throw operands.shapeError("the lengths", lengths, "\(batch)") }
    }
    let state: Shape = [count, batch, size]
    try operands.optional(5, "the first states", is: state)
    if isLong {
      try operands.optional(6, "the first cells", is: state)
      try operands.optional(7, "the peepholes", is: [count, 3 * size])
    }
    let all = try operands.result([sequences[0], count, batch, size])
    return [all, ValueType(state)] + (isLong ? [ValueType(state)] : [])
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    let rows = Cost.product(kind.gates, inputs[0]!.shape[2] + hiddenSize)
    return Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, rows),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension RecurrentNetwork {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let types = try resultTypes(inputs)
    let (steps, batch) = (inputs[0]!.shape[0], inputs[0]!.shape[1])
    func operand(_ index: Int) -> Tensor? { index < inputs.count ? inputs[index] : nil }
    let lengths = try operand(4)?.indices(below: steps + 1, of: name) ?? Array(repeating: steps, count: batch)
    var all = [Float](repeating: 0, count: types[0].shape.elementCount)
    var (states, cells) = ([Float](), [Float]())
    for direction in 0..<direction.count {
      let cell = RecurrentCell(self, inputs, direction: direction)
      let isReversed = self.direction == .reverse || direction == 1
      for sequence in 0..<batch {
        var memory = cell.first(sequence, of: batch)
        for step in 0..<lengths[sequence] {
          let time = isReversed ? lengths[sequence] - 1 - step : step
          memory = cell.next(memory, input: (time * batch + sequence))
          let start = ((time * self.direction.count + direction) * batch + sequence) * hiddenSize
          for (index, value) in memory.state.enumerated() { all[start + index] = Float(value) }
        }
        states += memory.state.map { Float($0) }
        cells += memory.cell.map { Float($0) }
      }
    }
    let results = [Tensor(types[0].shape, elements: all), Tensor(types[1].shape, elements: states)]
    return kind.gates == 4 ? results + [Tensor(types[2].shape, elements: cells)] : results
  }
}

extension RecurrentNetwork.Kind {
  /// ONNX's default functions.
  var activations: [ActivationFunction] {
    switch self {
    case .simple: [.tanh]
    case .longShortTermMemory: [.sigmoid, .tanh, .tanh]
    case .gatedRecurrentUnit: [.sigmoid, .tanh]
    }
  }
}

extension RecurrentNetwork.Direction {
  /// How many directions there are.
  var count: Int { self == .bidirectional ? 2 : 1 }
}
