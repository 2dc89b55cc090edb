import Graphs
import Tensors
import Testing

@Suite struct ConvolutionTests {
  struct Attributes: Decodable, Sendable {
    var strides, dilations, padding: [Int]
    var groups: Int
    var activation: String
  }

  @Test(arguments: try FixtureCase<Attributes>.load("Convolution"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    try fixture.check(
      Convolution(
        strides: attributes.strides, dilations: attributes.dilations, padding: Padding(attributes.padding),
        groups: attributes.groups, activation: ActivationFunction(fixtureName: attributes.activation)))
  }

  @Test func sumsTheProductsUnderTheKernel() throws {
    let image = Tensor([1, 1, 2, 2], elements: [1, 2, 3, 4] as [Float])
    let weight = Tensor([1, 1, 2, 2], elements: [1, 10, 100, 1000] as [Float])
    let bias = Tensor([1], elements: [0.5] as [Float])
    let result = try Convolution(padding: Padding(top: 1, right: 1)).evaluate([image, weight, bias])
    #expect(result[0].elements() == [2100.5, 200.5, 4321.5, 402.5] as [Float])
  }

  @Test func activatesAfterTheResidual() throws {
    let one = Tensor([1, 1, 1, 1], elements: [1] as [Float])
    let residual = Tensor([1, 1, 1, 1], elements: [-3] as [Float])
    let result = try Convolution(activation: .relu).evaluate([one, one, nil, nil, residual])
    #expect(result[0].elements() == [0] as [Float])
  }

  @Test func anEmptyBatchGivesAnEmptyResult() throws {
    let result = try Convolution(padding: Padding(all: 1)).evaluate([
      Tensor([0, 3, 4, 5]), sample([2, 3, 3, 3]),
    ])
    #expect(result[0].shape == [0, 2, 4, 5])
  }

  @Test func countsMultiplyAdds() throws {
    let (image, weight, result): (ValueType, ValueType, ValueType) =
      (ValueType([1, 6, 8, 8]), ValueType([4, 3, 3, 3]), ValueType([1, 4, 6, 6]))
    let cost = Convolution(groups: 2).cost(inputs: [image, weight], outputs: [result])
    #expect(cost == Cost(multiplyAdds: 4 * 36 * 27, bytes: 4 * (6 * 64 + 4 * 27 + 4 * 36)))
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "Convolution"
    let image: Shape = [1, 6, 5, 5]
    let weight: Shape = [4, 6, 3, 3]
    func attribute(_ name: String, _ value: String, _ expected: String) -> GraphError {
      .attribute(operation: "Convolution", name: name, value: value, expected: expected)
    }
    let pair = "two numbers, for height and width, from 1 to 1048576"
    for strides in [[0, 1], [1], [1, -1], [Int.max, 1], []] {
      expectRefused(
        Convolution(strides: strides), [image, weight], attribute("strides", "\(strides)", pair))
      expectRefused(
        Convolution(dilations: strides), [image, weight], attribute("dilations", "\(strides)", pair))
    }
    for padding in [Padding(top: -1), Padding(left: .max), Padding(bottom: .min), Padding(right: -2)] {
      expectRefused(
        Convolution(padding: padding), [image, weight],
        attribute("padding", "\(padding)", "each side from 0 to 1048576"))
    }
    for groups in [0, -1, 3, Int.min] {
      expectRefused(
        Convolution(groups: groups), [image, weight],
        attribute("groups", "\(groups)", "a positive divisor of the 4 output channels"))
    }
    expectRefused(
      Convolution(activation: .relu), [image, weight, nil, [4]],
      attribute("activation", "relu", "identity beside a slope"))
    expectRefused(Convolution(), [image], .operandCount(operation: name, expected: "2 to 5", found: 1))
    expectRefused(
      Convolution(), [image, nil],
      .operandCount(operation: name, expected: "a given the weight among its", found: 1))
    expectRefused(
      Convolution(), [[6, 5, 5], weight],
      .shape(
        operation: name, operand: "the image", found: [6, 5, 5], expected: "batch x channels x height x width"
      ))
    for wrong in [[4, 5, 3, 3], [4, 6, 0, 3], [4, 3, 3, 3]] as [Shape] {
      expectRefused(
        Convolution(), [image, wrong],
        .shape(
          operation: name, operand: "the weight", found: wrong,
          expected: "4x(6 channels / 1 groups)x(kernel height)x(kernel width)"))
    }
    expectRefused(
      Convolution(dilations: [3, 1]), [image, weight],
      .shape(
        operation: name, operand: "the image", found: image,
        expected: "at least the dilated kernel's 7x3 with padding"))
    expectRefused(
      Convolution(), [image, weight, [3]],
      .shape(operation: name, operand: "the bias", found: [3], expected: "4"))
    expectRefused(
      Convolution(), [image, weight, nil, nil, [1, 4, 1, 3]],
      .shape(operation: name, operand: "the residual", found: [1, 4, 1, 3], expected: "1x4x3x3"))
    #expect(
      throws: GraphError.elementType(
        operation: name, operand: "the weight", found: .float16, expected: "float32")
    ) {
      try Convolution().outputTypes(for: [ValueType(image), ValueType(weight, elementType: .float16)])
    }
  }
}
