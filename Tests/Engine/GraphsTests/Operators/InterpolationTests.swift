import Graphs
import Tensors
import Testing

@Suite struct InterpolationTests {
  @Test func agreesWithTheOperatorOfThePlane() throws {
    let value = sample([1, 2, 4, 5])
    let axes = [Interpolation.Axis(axis: 2, scale: 1.75, size: 7), .init(axis: 3, scale: 0.6, size: 3)]
    let pairs: [(Interpolation.Coordinates, Resize.Coordinates)] = [
      (.halfPixel, .halfPixel), (.alignCorners, .alignCorners), (.asymmetric, .asymmetric),
      (.pytorchHalfPixel, .pytorchHalfPixel),
    ]
    for (coordinates, planar) in pairs {
      try expectResults(
        Interpolation(mode: .linear, coordinates: coordinates, axes: axes), [value],
        try Resize(mode: .bilinear, coordinates: planar, height: 7, width: 3).evaluate([value]))
    }
  }

  @Test func cubicGoesThroughTheElements() throws {
    let operation = Interpolation(
      mode: .cubic(-0.5), coordinates: .asymmetric, axes: [.init(axis: 0, scale: 2, size: 6)])
    // Keys kernel with -1/2 keeps straight lines straight away from the border.
    try expectResults(
      operation, [floats([0, 2, 4])], [floats([0, 0.875, 2, 3.125, 4, 4.125])])
  }

  @Test func antialiasingAverages() throws {
    let operation = Interpolation(
      mode: .linear, coordinates: .halfPixel, axes: [.init(axis: 0, scale: 0.5, size: 2)], antialiases: true)
    try expectResults(operation, [floats([1, 1, 1, 1])], [floats([1, 1])])
  }

  @Test func extrapolatesOutsideOfTheRegion() throws {
    let region = Interpolation.ClosedInterval(start: -1, end: 1)
    let operation = Interpolation(
      mode: .linear, coordinates: .cropAndResize, axes: [.init(axis: 0, scale: 1, size: 3, region: region)],
      extrapolation: 9)
    try expectResults(operation, [floats([1, 2, 3])], [floats([9, 1, 3])])
  }
}
