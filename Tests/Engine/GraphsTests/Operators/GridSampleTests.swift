import Graphs
import Tensors
import Testing

@Suite struct GridSampleTests {
  private let image = floats([1, 2, 3, 4], [1, 1, 2, 2])

  @Test(arguments: [
    (GridSample.Mode.linear, GridSample.Border.zeros, [2.5, 1, 0] as [Float]), (.linear, .edge, [2.5, 1, 4]),
    (.nearest, .zeros, [1, 1, 0]), (.nearest, .reflection, [1, 1, 1]),
  ])
  func samplesPoints(mode: GridSample.Mode, border: GridSample.Border, expected: [Float]) throws {
    // The centre, the first pixel, and far outside.
    let points = floats([0, 0, -1, -1, 3, 3], [1, 1, 3, 2])
    try expectResults(
      GridSample(mode: mode, border: border, alignsCorners: true), [image, points],
      [floats(expected, [1, 1, 1, 3])])
  }

  @Test func whatIsNotANumberIsNowhere() throws {
    try expectResults(
      GridSample(), [image, floats([.nan, 0], [1, 1, 1, 2])], [floats([0], [1, 1, 1, 1])])
  }
}
