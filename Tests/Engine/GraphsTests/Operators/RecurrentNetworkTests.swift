import Graphs
import Tensors
import Testing

@Suite struct RecurrentNetworkTests {
  @Test func simpleLayersAddUp() throws {
    // h = relu(2 x + h): one feature, two steps.
    let layer = RecurrentNetwork(.simple, hiddenSize: 1, activations: [[.relu]])
    try expectResults(
      layer, [floats([1, 3], [2, 1, 1]), floats([2], [1, 1, 1]), floats([1], [1, 1, 1])],
      [floats([2, 8], [2, 1, 1, 1]), floats([8], [1, 1, 1])])
  }

  @Test func reversedLayersReadBackwardsAndStopAtTheLength() throws {
    let layer = RecurrentNetwork(.simple, hiddenSize: 1, direction: .reverse, activations: [[.relu]])
    let lengths = Tensor([1], elements: [2 as Int32])
    try expectResults(
      layer,
      [floats([1, 3, 100], [3, 1, 1]), floats([2], [1, 1, 1]), floats([1], [1, 1, 1]), nil, lengths],
      [floats([8, 6, 0], [3, 1, 1, 1]), floats([8], [1, 1, 1])])
  }

  @Test func aLongShortTermMemoryStepAgreesWithItsFormula() throws {
    // All gates see x alone: sigmoid(1) = 0.7310586, tanh(1) = 0.7615942.
    let layer = RecurrentNetwork(.longShortTermMemory(couplesForgetGate: false), hiddenSize: 1)
    let (gate, cell) = (Float(0.7310586), Float(0.7310586 * 0.7615942))
    let state = gate * 0.5055769  // tanh(cell)
    try expectResults(
      layer,
      [floats([1], [1, 1, 1]), floats([1, 1, 1, 1], [1, 4, 1]), floats([0, 0, 0, 0], [1, 4, 1])],
      [floats([state], [1, 1, 1, 1]), floats([state], [1, 1, 1]), floats([cell], [1, 1, 1])])
  }

  @Test func aGatedRecurrentUnitStepAgreesWithItsFormula() throws {
    // h = (1 - z) tanh(1), z = sigmoid(1).
    let layer = RecurrentNetwork(.gatedRecurrentUnit(resetsAfterProduct: false), hiddenSize: 1)
    let state: Float = (1 - 0.7310586) * 0.7615942
    try expectResults(
      layer, [floats([1], [1, 1, 1]), floats([1, 1, 1], [1, 3, 1]), floats([0, 0, 0], [1, 3, 1])],
      [floats([state], [1, 1, 1, 1]), floats([state], [1, 1, 1])])
  }

  @Test func refusesWeightsOfOtherGates() {
    #expect(throws: GraphError.self) {
      try RecurrentNetwork(.simple, hiddenSize: 1).outputTypes(for: [
        ValueType([1, 1, 1]), ValueType([1, 4, 1]), ValueType([1, 1, 1]),
      ])
    }
  }
}
