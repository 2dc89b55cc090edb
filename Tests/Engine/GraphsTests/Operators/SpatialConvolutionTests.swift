import Graphs
import Tensors
import Testing

@Suite struct SpatialConvolutionTests {
  @Test func agreesWithTheOperatorOfThePlane() throws {
    let (value, weight, bias) = (sample([2, 4, 7, 6]), sample([6, 2, 3, 2], seed: 2), sample([6], seed: 3))
    let window = SpatialWindow(
      kernel: [3, 2], strides: [2, 1], dilations: [1, 2], before: [1, 0], after: [0, 2])
    let plane = Convolution(
      strides: [2, 1], dilations: [1, 2], padding: Padding(top: 1, left: 0, bottom: 0, right: 2), groups: 2)
    try expectResults(
      SpatialConvolution(window: window, groups: 2), [value, weight, bias],
      try plane.evaluate([value, weight, bias]))
  }

  @Test func convolvesSolids() throws {
    let window = SpatialWindow(
      kernel: [2, 1, 1], strides: [1, 1, 1], dilations: [1, 1, 1], before: [0, 0, 0], after: [0, 0, 0])
    try expectResults(
      SpatialConvolution(window: window),
      [floats([1, 2, 4], [1, 1, 3, 1, 1]), floats([10, 1], [1, 1, 2, 1, 1])],
      [floats([12, 24], [1, 1, 2, 1, 1])])
  }
}
