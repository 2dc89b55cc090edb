import Graphs
import Tensors
import Testing

@Suite struct DeformableConvolutionTests {
  private let window = SpatialWindow(
    kernel: [1, 1], strides: [1, 1], dilations: [1, 1], before: [0, 0], after: [0, 0])

  @Test func samplesBetweenPixels() throws {
    // Half a column to the right at the first pixel, out of the image at the last.
    let offsets = floats([0, 0, 0, 0, 0.5, 0, 0, 9], [1, 2, 2, 2])
    try expectResults(
      DeformableConvolution(window: window),
      [floats([1, 3, 5, 7], [1, 1, 2, 2]), floats([2], [1, 1, 1, 1]), offsets, floats([1])],
      [floats([5, 7, 11, 1], [1, 1, 2, 2])])
  }

  @Test func withoutOffsetsIsAConvolution() throws {
    let (value, weight) = (sample([1, 2, 5, 5]), sample([3, 2, 3, 3], seed: 2))
    let window = SpatialWindow(
      kernel: [3, 3], strides: [1, 1], dilations: [1, 1], before: [1, 1], after: [1, 1])
    let plain = try Convolution(padding: Padding(all: 1)).evaluate([value, weight, nil])
    try expectResults(
      DeformableConvolution(window: window),
      [value, weight, Tensor([1, 18, 5, 5]), nil, Tensor([1, 9, 5, 5], repeating: Float(1))], plain)
  }
}
