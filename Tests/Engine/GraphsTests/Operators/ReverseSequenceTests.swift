import Graphs
import Tensors
import Testing

@Suite struct ReverseSequenceTests {
  @Test func reversesTheFirstElements() throws {
    let value = integers([0, 1, 2, 3, 4, 5], [2, 3])
    try expectResults(
      ReverseSequence(batchAxis: 0, timeAxis: 1), [value, integers([3, 2])],
      [integers([2, 1, 0, 4, 3, 5], [2, 3])])
    try expectResults(
      ReverseSequence(), [value, integers([1, 2, 2])], [integers([0, 4, 5, 3, 1, 2], [2, 3])])
  }

  @Test func takesLengthsBeyondTheEndAsTheEnd() throws {
    try expectResults(
      ReverseSequence(batchAxis: 0, timeAxis: 1), [integers([1, 2], [1, 2]), integers([.max])],
      [integers([2, 1], [1, 2])])
  }
}
