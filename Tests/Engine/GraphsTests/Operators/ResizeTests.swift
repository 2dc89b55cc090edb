import Graphs
import Tensors
import Testing

@Suite struct ResizeTests {
  struct Attributes: Decodable, Sendable {
    var mode, rounding, coordinates: String
    var height, width: Int
  }

  @Test(arguments: try FixtureCase<Attributes>.load("Resize"))
  func agreesWithONNXRuntimeAndPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    let rounding = try #require(Resize.NearestRounding(rawValue: attributes.rounding))
    let coordinates = try #require(Resize.Coordinates(rawValue: attributes.coordinates))
    // ONNX Runtime computes coordinates in float32.
    try fixture.check(
      Resize(
        mode: attributes.mode == "nearest" ? .nearest(rounding) : .bilinear, coordinates: coordinates,
        height: attributes.height, width: attributes.width),
      tolerance: 2e-6)
  }

  @Test(arguments: Resize.Coordinates.allCases)
  func aConstantStaysSo(coordinates: Resize.Coordinates) throws {
    for mode in [Resize.Mode.bilinear, .nearest(.floor), .nearest(.ceiling)] {
      let image = Tensor([1, 3, 5, 7], repeating: 0.7 as Float)
      let result = try Resize(mode: mode, coordinates: coordinates, height: 13, width: 3).evaluate([image])[0]
      #expect(result.elements(as: Float.self).allSatisfy { $0 == 0.7 }, "\(mode)")
    }
  }

  @Test(arguments: Resize.Coordinates.allCases)
  func theSameSizeChangesNothing(coordinates: Resize.Coordinates) throws {
    let image = sample([2, 3, 7, 5])
    for mode in [Resize.Mode.bilinear, .nearest(.floor), .nearest(.ceiling), .nearest(.roundPreferFloor)] {
      let result = try Resize(mode: mode, coordinates: coordinates, height: 7, width: 5).evaluate([image])[0]
      #expect(result.elements(as: Float.self) == image.elements(), "\(mode)")
    }
  }

  @Test func alignedCornersKeepTheirPixels() throws {
    let image = Tensor([1, 1, 1, 3], elements: [1, 2, 4] as [Float])
    let result = try Resize(mode: .bilinear, coordinates: .alignCorners, height: 1, width: 5).evaluate([image]
    )
    #expect(result[0].elements() == [1, 1.5, 2, 3, 4] as [Float])
  }

  @Test func refusesWhatDoesNotFit() {
    for size in [(0, 3), (3, -1), (.max, .max)] {
      expectRefused(
        Resize(mode: .bilinear, coordinates: .halfPixel, height: size.0, width: size.1), [[1, 1, 2, 2]],
        .attribute(
          operation: "Resize", name: "height and width", value: "\([size.0, size.1])",
          expected: "two numbers, for height and width, from 1 to 1048576"))
    }
    expectRefused(
      Resize(mode: .bilinear, coordinates: .halfPixel, height: 2, width: 2), [[1, 1, 2, 0]],
      .shape(operation: "Resize", operand: "the image", found: [1, 1, 2, 0], expected: "at least one pixel"))
  }
}
