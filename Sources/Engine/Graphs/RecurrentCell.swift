import Tensors

/// One direction of a recurrent layer, evaluated the plain way.
struct RecurrentCell {
  /// What a cell remembers from step to step.
  struct Memory {
    /// H numbers, which the layer gives.
    var state: [Double]
    /// H numbers that only the cell sees.
    var cell: [Double]
  }

  private let layer: RecurrentNetwork
  private let direction: Int
  private let inputs: [Double]
  private let inputSize: Int
  private let inputWeights: [Double]
  private let stateWeights: [Double]
  private let biases: [Double]
  private let firstStates: [Double]?
  private let firstCells: [Double]?
  private let peepholes: [Double]?

  /// Takes the parts of a layer's operands that belong to a direction.
  init(_ layer: RecurrentNetwork, _ operands: [Tensor?], direction: Int) {
    func part(_ index: Int) -> [Double]? {
      guard index < operands.count, let tensor = operands[index] else { return nil }
      let size = tensor.shape.elementCount / tensor.shape[0]
      return Array(tensor.doubles[direction * size..<(direction + 1) * size])
    }
    self.layer = layer
    self.direction = direction
    inputs = operands[0]!.doubles
    inputSize = operands[0]!.shape[2]
    inputWeights = part(1) ?? []
    stateWeights = part(2) ?? []
    biases = part(3) ?? [Double](repeating: 0, count: 2 * layer.kind.gates * layer.hiddenSize)
    firstStates = part(5)
    (firstCells, peepholes) = layer.kind.gates == 4 ? (part(6), part(7)) : (nil, nil)
  }

  /// Returns what is remembered before the first step of a sequence.
  func first(_ sequence: Int, of batch: Int) -> Memory {
    let size = layer.hiddenSize
    func slice(_ values: [Double]?) -> [Double] {
      values.map { Array($0[sequence * size..<(sequence + 1) * size]) } ?? [Double](repeating: 0, count: size)
    }
    return Memory(state: slice(firstStates), cell: slice(firstCells))
  }

  /// Returns what is remembered after a step with the input at `index`.
  func next(_ memory: Memory, input index: Int) -> Memory {
    let start = index * inputSize
    let input = Array(inputs[start..<start + inputSize])
    switch layer.kind {
    case .simple:
      let sums = zip(
        product(inputWeights, input, gate: 0, bias: 0), product(stateWeights, memory.state, gate: 0, bias: 1))
      return Memory(state: sums.map { apply(0, $0 + $1) }, cell: memory.cell)
    case .longShortTermMemory(let couplesForgetGate):
      return longShortTermMemory(memory, input, couplesForgetGate)
    case .gatedRecurrentUnit(let resetsAfterProduct):
      return gatedRecurrentUnit(memory, input, resetsAfterProduct)
    }
  }

  /// The gates are in the order input, output, forget, cell.
  private func longShortTermMemory(_ memory: Memory, _ input: [Double], _ couplesForgetGate: Bool) -> Memory {
    let sums = (0..<4).map { gate in
      zip(
        product(inputWeights, input, gate: gate, bias: 0),
        product(stateWeights, memory.state, gate: gate, bias: 1)
      ).map { $0 + $1 }
    }
    let size = layer.hiddenSize
    var next = memory
    for unit in 0..<size {
      func peephole(_ gate: Int, _ cell: Double) -> Double { (peepholes?[gate * size + unit] ?? 0) * cell }
      let entering = apply(0, sums[0][unit] + peephole(0, memory.cell[unit]))
      let kept = couplesForgetGate ? 1 - entering : apply(0, sums[2][unit] + peephole(2, memory.cell[unit]))
      next.cell[unit] = kept * memory.cell[unit] + entering * apply(1, sums[3][unit])
      let leaving = apply(0, sums[1][unit] + peephole(1, next.cell[unit]))
      next.state[unit] = leaving * apply(2, next.cell[unit])
    }
    return next
  }

  /// The gates are in the order update, reset, hidden.
  private func gatedRecurrentUnit(_ memory: Memory, _ input: [Double], _ resetsAfterProduct: Bool) -> Memory {
    let state = memory.state
    let gates = (0..<2).map { gate in
      zip(
        product(inputWeights, input, gate: gate, bias: 0), product(stateWeights, state, gate: gate, bias: 1)
      )
      .map { apply(0, $0 + $1) }
    }
    let (update, reset) = (gates[0], gates[1])
    let fromInput = product(inputWeights, input, gate: 2, bias: 0)
    let fromState =
      resetsAfterProduct
      ? zip(reset, product(stateWeights, state, gate: 2, bias: 1)).map { $0 * $1 }
      : product(stateWeights, zip(reset, state).map { $0 * $1 }, gate: 2, bias: 1)
    let next = state.indices.map { unit in
      let candidate = apply(1, fromInput[unit] + fromState[unit])
      return (1 - update[unit]) * candidate + update[unit] * state[unit]
    }
    return Memory(state: next, cell: memory.cell)
  }

  /// Returns a gate's rows of a matrix times a vector, plus its biases: `bias` 0 for inputs, 1 for the state.
  private func product(_ matrix: [Double], _ vector: [Double], gate: Int, bias: Int) -> [Double] {
    (0..<layer.hiddenSize).map { unit in
      let row = (gate * layer.hiddenSize + unit) * vector.count
      let sum = vector.indices.reduce(0) { $0 + matrix[row + $1] * vector[$1] }
      return sum + biases[(bias * layer.kind.gates + gate) * layer.hiddenSize + unit]
    }
  }

  private func apply(_ function: Int, _ x: Double) -> Double {
    let clipped = min(max(x, -Double(layer.clip)), Double(layer.clip))
    return Double(layer.activations[direction][function](Float(clipped)))
  }
}
