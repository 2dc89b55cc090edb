import Graphs
import Tensors
import Testing

@Suite struct CumulativeSumTests {
  @Test func runsBothWays() throws {
    let value = floats([1, 2, 3])
    try expectResults(CumulativeSum(axis: 0), [value], [floats([1, 3, 6])])
    try expectResults(CumulativeSum(axis: 0, isExclusive: true), [value], [floats([0, 1, 3])])
    try expectResults(CumulativeSum(axis: 0, isReversed: true), [value], [floats([6, 5, 3])])
    try expectResults(
      CumulativeSum(axis: 0, isExclusive: true, isReversed: true), [integers([1, 2, 3])],
      [integers([5, 3, 0])])
    try expectResults(CumulativeSum(axis: 0, multiplies: true), [value], [floats([1, 2, 6])])
    try expectResults(
      CumulativeSum(axis: -1), [floats([1, 2, 3, 4], [2, 2])], [floats([1, 3, 3, 7], [2, 2])])
  }
}
