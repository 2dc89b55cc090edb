import Graphs
import Tensors
import Testing

@Suite struct SpatialPoolTests {
  private let line = SpatialWindow(kernel: [2], strides: [1], dilations: [1], before: [1], after: [0])

  @Test func poolsALine() throws {
    let value = floats([1, 3, 2], [1, 1, 3])
    try expectResults(SpatialPool(.maximum, window: line), [value], [floats([1, 3, 3], [1, 1, 3])])
    try expectResults(
      SpatialPool(.average(countsPadding: false), window: line), [value], [floats([1, 2, 2.5], [1, 1, 3])])
    try expectResults(
      SpatialPool(.average(countsPadding: true), window: line), [value], [floats([0.5, 2, 2.5], [1, 1, 3])])
    try expectResults(
      SpatialPool(.norm(2), window: line), [floats([3, 4, 0], [1, 1, 3])], [floats([3, 5, 4], [1, 1, 3])])
  }

  @Test func tellsWhereTheMaximaAre() throws {
    let window = SpatialWindow(
      kernel: [2, 2], strides: [2, 2], dilations: [1, 1], before: [0, 0], after: [0, 0])
    let value = Tensor([1, 2, 2, 2], elements: [1, 2, 9, 4, 5, 6, 7, 8] as [UInt8])
    let pooled = Tensor([1, 2, 1, 1], elements: [9, 8] as [UInt8])
    try expectResults(
      SpatialPool(.maximumWithIndices(isColumnMajor: false), window: window), [value],
      [pooled, integers([2, 7], [1, 2, 1, 1])])
    try expectResults(
      SpatialPool(.maximumWithIndices(isColumnMajor: true), window: window), [value],
      [pooled, integers([1, 7], [1, 2, 1, 1])])
  }

  @Test func agreesWithTheOperatorsOfThePlane() throws {
    let value = sample([2, 3, 7, 6])
    let window = SpatialWindow(
      kernel: [3, 2], strides: [2, 2], dilations: [1, 2], before: [1, 0], after: [1, 1])
    let padding = Padding(top: 1, left: 0, bottom: 1, right: 1)
    let maximum = MaxPool(
      kernel: [3, 2], strides: [2, 2], padding: padding, dilations: [1, 2], ceilMode: true)
    try expectResults(
      SpatialPool(.maximum, window: window, ceilMode: true), [value], try maximum.evaluate([value]))
    let average = AveragePool(
      kernel: [3, 2], strides: [2, 2], padding: padding, dilations: [1, 2], ceilMode: true,
      countIncludesPadding: true)
    try expectResults(
      SpatialPool(.average(countsPadding: true), window: window, ceilMode: true), [value],
      try average.evaluate([value]))
  }
}
