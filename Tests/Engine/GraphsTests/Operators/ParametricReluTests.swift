import Graphs
import Tensors
import Testing

@Suite struct ParametricReluTests {
  struct Attributes: Decodable, Sendable {}

  @Test(arguments: try FixtureCase<Attributes>.load("ParametricRelu"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws { try fixture.check(ParametricRelu()) }

  @Test func aVectorOfSlopesIsPerChannelEvenWhenTheWidthIsAsLarge() throws {
    let value = Tensor([1, 2, 1, 2], repeating: -1 as Float)
    let slope = Tensor([2], elements: [2, 3] as [Float])
    #expect(try ParametricRelu().evaluate([value, slope])[0].elements() == [-2, -2, -3, -3] as [Float])
  }

  @Test func refusesWhatDoesNotFit() {
    for slope in [[5], [3, 2, 1], [1, 1, 3, 4, 5]] as [Shape] {
      expectRefused(
        ParametricRelu(), [[1, 3, 4, 5], slope],
        .shape(
          operation: "ParametricRelu", operand: "the slope", found: slope,
          expected: "one number per channel, or a shape that repeats to 1x3x4x5"))
    }
  }
}
