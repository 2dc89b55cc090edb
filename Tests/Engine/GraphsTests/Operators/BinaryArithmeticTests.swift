import Graphs
import Tensors
import Testing

@Suite struct BinaryArithmeticTests {
  typealias Operation = BinaryArithmetic.Operation
  struct Attributes: Decodable, Sendable { var operation: String }

  @Test(arguments: try FixtureCase<Attributes>.load("BinaryArithmetic"))
  func agreesWithNumpy(_ fixture: FixtureCase<Attributes>) throws {
    let operation = try #require(Operation(rawValue: fixture.attributes.operation))
    try fixture.check(BinaryArithmetic(operation))
  }

  @Test(arguments: [
    (Operation.add, Int64.max, Int64(1), Int64.min), (.subtract, .min, 1, .max), (.multiply, .max, 2, -2),
    (.divide, -7, 2, -3), (.divide, .min, -1, .min), (.maximum, -3, 2, 2), (.minimum, -3, 2, -3),
    (.power, 3, 4, 81), (.power, -2, 3, -8), (.power, 2, 64, 0), (.power, 7, 0, 1), (.power, 2, -1, 0),
    (.power, -1, -3, -1), (.power, 1, .min, 1), (.power, 3, .max, -6_148_914_691_236_517_205),
  ])
  func computesIntegers(operation: Operation, left: Int64, right: Int64, expected: Int64) throws {
    let operands = [left, right].map { Tensor([], elements: [$0]) }
    #expect(try BinaryArithmetic(operation).evaluate(operands)[0].elements() == [expected])
  }

  @Test(arguments: [(Operation.divide, Int32(5), Int32(0)), (.power, 0, -2)])
  func refusesToDivideIntegersByZero(operation: Operation, left: Int32, right: Int32) {
    let error = GraphError.operandValue(
      operation: "BinaryArithmetic", operand: "the right operand", reason: "divides by zero")
    #expect(throws: error) {
      try BinaryArithmetic(operation).evaluate([left, right].map { Tensor([1], elements: [$0]) })
    }
  }

  @Test(arguments: [Operation.maximum, .minimum])
  func notANumberWins(_ operation: Operation) throws {
    let operands = [[.nan, 1], [1, .nan] as [Float]].map { Tensor([2], elements: $0) }
    let result = try BinaryArithmetic(operation).evaluate(operands)[0].elements(as: Float.self)
    #expect(result.allSatisfy { $0.isNaN })
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "BinaryArithmetic"
    expectRefused(
      BinaryArithmetic(.add), [[2, 3], [2]],
      .shape(
        operation: name, operand: "the right operand", found: [2],
        expected: "a shape that broadcasts with 2x3"))
    let (huge, wide): (Shape, Shape) = ([1 << 30, 1], [1, 1 << 30])
    expectRefused(
      BinaryArithmetic(.add), [huge, wide],
      .resultShape(operation: name, dimensions: [1 << 30, 1 << 30], limit: 1 << 40))
    #expect(
      throws: GraphError.elementType(
        operation: name, operand: "the right operand", found: .int32, expected: "int64 as the left operand")
    ) {
      try BinaryArithmetic(.add).outputTypes(
        for: [ValueType([1], elementType: .int64), ValueType([1], elementType: .int32)])
    }
  }
}
