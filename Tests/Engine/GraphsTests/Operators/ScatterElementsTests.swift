import Graphs
import Tensors
import Testing

@Suite struct ScatterElementsTests {
  @Test(arguments: [
    (ScatterReduction.replace, [1, 4, 5] as [Float]), (.add, [1, 11, 5]), (.multiply, [1, 24, 5]),
    (.maximum, [1, 4, 5]), (.minimum, [1, 2, 5]),
  ])
  func reducesInOrder(reduction: ScatterReduction, expected: [Float]) throws {
    let operation = ScatterElements(axis: 0, reduction: reduction)
    try expectResults(
      operation, [floats([1, 2, 5]), integers([1, -2, 1]), floats([3, 2, 4])],
      [
        reduction == .add
          ? floats([1, 11, 5]) : reduction == .multiply ? floats([1, 48, 5]) : floats(expected)
      ])
    try expectResults(
      operation, [integers([1, 2, 5]), integers([1]), integers([7])],
      [
        integers([
          1, [.replace: 7, .add: 9, .multiply: 14, .maximum: 7, .minimum: 2][reduction] ?? 0, 5,
        ])
      ])
  }

  @Test func refusesUpdatesOfAnotherShape() {
    #expect(throws: GraphError.self) {
      try ScatterElements().outputTypes(for: [
        ValueType([3]), ValueType([2], elementType: .int64), ValueType([1]),
      ])
    }
  }
}
