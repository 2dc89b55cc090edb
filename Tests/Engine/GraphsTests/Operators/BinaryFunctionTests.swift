import Graphs
import Tensors
import Testing

@Suite struct BinaryFunctionTests {
  @Test func moduloHasTheSignOfTheDivisorAndRemainderThatOfTheDividend() throws {
    let (left, right) = (integers([-4, 7, 5, 4, -7, 8]), integers([2, -3, 8, -2, 3, 5]))
    try expectResults(BinaryFunction(.modulo), [left, right], [integers([0, -2, 5, 0, 2, 3])])
    try expectResults(BinaryFunction(.remainder), [left, right], [integers([0, 1, 5, 0, -1, 3])])
    try expectResults(
      BinaryFunction(.remainder), [floats([-4.3, 7.2]), floats([2.1, -3.4])], [floats([-0.1, 0.4])])
  }

  @Test func combinesBitsAndTruths() throws {
    let (left, right) = (integers([0b1100]), integers([0b1010]))
    try expectResults(BinaryFunction(.and), [left, right], [integers([0b1000])])
    try expectResults(BinaryFunction(.or), [left, right], [integers([0b1110])])
    try expectResults(BinaryFunction(.exclusiveOr), [left, right], [integers([0b0110])])
    try expectResults(
      BinaryFunction(.exclusiveOr), [truths([true, true]), truths([false, true])], [truths([true, false])])
  }

  @Test func shiftsLoseWhatLeavesTheType() throws {
    let bytes = Tensor([2], elements: [0x81, 1] as [UInt8])
    let amounts = Tensor([2], elements: [1, 3] as [UInt8])
    try expectResults(
      BinaryFunction(.shiftLeft), [bytes, amounts], [Tensor([2], elements: [2, 8] as [UInt8])])
    try expectResults(
      BinaryFunction(.shiftRight), [bytes, amounts], [Tensor([2], elements: [0x40, 0] as [UInt8])])
  }

  @Test func powersMixTypes() throws {
    try expectResults(BinaryFunction(.power), [integers([2, 3]), floats([3, 0.5])], [integers([8, 1])])
    try expectResults(BinaryFunction(.power), [floats([2, 9]), integers([-1, 2])], [floats([0.5, 81])])
  }

  @Test func refusesToDivideByZero() {
    #expect(throws: GraphError.self) {
      try BinaryFunction(.modulo).evaluate([integers([1]), integers([0])])
    }
  }
}
