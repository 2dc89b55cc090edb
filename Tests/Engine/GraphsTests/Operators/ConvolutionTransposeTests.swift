import Graphs
import Tensors
import Testing

@Suite struct ConvolutionTransposeTests {
  struct Attributes: Decodable, Sendable {
    var strides, dilations, padding, outputPadding: [Int]
    var groups: Int
    var activation: String
  }

  @Test(arguments: try FixtureCase<Attributes>.load("ConvolutionTranspose"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    try fixture.check(
      ConvolutionTranspose(
        strides: attributes.strides, dilations: attributes.dilations, padding: Padding(attributes.padding),
        outputPadding: attributes.outputPadding, groups: attributes.groups,
        activation: ActivationFunction(fixtureName: attributes.activation)))
  }

  /// <conv(x), y> = <x, convTranspose(y)>: each is the other's adjoint.
  @Test(arguments: [([1, 1], 0), ([2, 2], 1), ([2, 3], 2)])
  func isTheAdjointOfConvolution(strides: [Int], border: Int) throws {
    let padding = Padding(all: border)
    let (image, weight) = (sample([1, 3, 9, 11], seed: 1), sample([5, 3, 5, 5], seed: 2))
    let forward = try Convolution(strides: strides, padding: padding).evaluate([image, weight])[0]
    let other = sample(forward.shape, seed: 3)
    let rest = zip(image.shape.dimensions[2...], zip(forward.shape.dimensions[2...], strides)).map {
      $0 - (($1.0 - 1) * $1.1 + 5 - 2 * border)
    }
    let backward = try ConvolutionTranspose(strides: strides, padding: padding, outputPadding: rest)
      .evaluate([other, weight])[0]
    #expect(backward.shape == image.shape)
    expectClose([product(forward, other)], [product(image, backward)], tolerance: 1e-4)
  }

  private func product(_ left: Tensor, _ right: Tensor) -> Float {
    zip(left.elements(as: Float.self), right.elements(as: Float.self)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "ConvolutionTranspose"
    let (image, weight): (Shape, Shape) = ([1, 6, 3, 3], [6, 2, 3, 3])
    expectRefused(
      ConvolutionTranspose(strides: [2, 2], outputPadding: [2, 0]), [image, weight],
      .attribute(
        operation: name, name: "outputPadding", value: "[2, 0]",
        expected: "less than the strides [2, 2] or dilations [1, 1]"))
    for groups in [0, 4, -6] {
      expectRefused(
        ConvolutionTranspose(groups: groups), [image, weight],
        .attribute(
          operation: name, name: "groups", value: "\(groups)",
          expected: "a positive divisor of the 6 channels"))
    }
    expectRefused(
      ConvolutionTranspose(), [image, [5, 2, 3, 3]],
      .shape(
        operation: name, operand: "the weight", found: [5, 2, 3, 3],
        expected: "6x(output channels / groups)x(kernel height)x(kernel width)"))
    expectRefused(
      ConvolutionTranspose(), [[1, 6, 0, 3], weight],
      .shape(operation: name, operand: "the image", found: [1, 6, 0, 3], expected: "at least one pixel"))
    expectRefused(
      ConvolutionTranspose(groups: 3), [image, weight, [2]],
      .shape(operation: name, operand: "the bias", found: [2], expected: "6"))
    expectRefused(
      ConvolutionTranspose(padding: Padding(all: 4)), [image, weight],
      .resultShape(operation: name, dimensions: [1, 2, -3, -3], limit: 1 << 40))
  }
}
