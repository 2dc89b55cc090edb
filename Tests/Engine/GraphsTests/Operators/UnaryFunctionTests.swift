import Graphs
import Tensors
import Testing

/// Expected values were computed with numpy and scipy in double precision.
struct UnaryFunctionTests {
  struct Case: Sendable {
    var function: UnaryFunction.Function
    var operand: Float
    var expected: Float
  }

  static let cases: [Case] = [
    Case(function: .floor, operand: -1.5, expected: -2),
    Case(function: .ceiling, operand: -1.5, expected: -1),
    Case(function: .round, operand: 2.5, expected: 2), Case(function: .round, operand: -3.5, expected: -4),
    Case(function: .sign, operand: -0.25, expected: -1), Case(function: .sign, operand: 0, expected: 0),
    Case(function: .logarithm, operand: 10, expected: 2.3025851),
    Case(function: .sine, operand: 0.5, expected: 0.47942554),
    Case(function: .cosine, operand: 0.5, expected: 0.87758256),
    Case(function: .tangent, operand: 0.5, expected: 0.5463025),
    Case(function: .arcSine, operand: 0.5, expected: 0.52359878),
    Case(function: .arcCosine, operand: 0.5, expected: 1.0471976),
    Case(function: .arcTangent, operand: 0.5, expected: 0.46364761),
    Case(function: .hyperbolicSine, operand: 0.5, expected: 0.52109531),
    Case(function: .hyperbolicCosine, operand: 0.5, expected: 1.127626),
    Case(function: .inverseHyperbolicSine, operand: 0.5, expected: 0.48121183),
    Case(function: .inverseHyperbolicCosine, operand: 2, expected: 1.316957897),
    Case(function: .inverseHyperbolicTangent, operand: 0.5, expected: 0.54930614),
    Case(function: .softplus, operand: 1, expected: 1.3132617),
    Case(function: .softplus, operand: 200, expected: 200),
    Case(function: .softsign, operand: -3, expected: -0.75),
    Case(function: .mish, operand: 1, expected: 0.86509839),
    Case(function: .exponentialLessOne, operand: 1e-3, expected: 0.0010005002),
    Case(function: .absolute, operand: -2.5, expected: 2.5),
    Case(function: .negate, operand: 2.5, expected: -2.5),
    Case(function: .roundToBfloat16, operand: 3.1415927, expected: 3.140625),
  ]

  @Test(arguments: cases)
  func agreesWithNumpy(_ sample: Case) throws {
    let operand = Tensor([1, 1], elements: [sample.operand])
    let result = try UnaryFunction(sample.function).evaluate([operand])[0]
    #expect(result.shape == [1, 1])
    #expect(abs(result.elements(as: Float.self)[0] - sample.expected) <= 1e-6 * max(1, abs(sample.expected)))
  }

  @Test func everyFunctionHasACase() {
    #expect(Set(Self.cases.map(\.function)) == Set(UnaryFunction.Function.allCases.filter(\.takesNumbers)))
  }

  @Test(arguments: UnaryFunction.Function.allCases.filter(\.takesNumbers))
  func notANumberStaysSo(_ function: UnaryFunction.Function) throws {
    let result = try UnaryFunction(function).evaluate([Tensor([1], elements: [Float.nan])])[0]
    #expect(result.elements(as: Float.self)[0].isNaN)
  }

  @Test func turnsIntegersAndTruths() throws {
    let bytes = Tensor([3], elements: [0, 1, -5] as [Int8])
    try expectResults(UnaryFunction(.sign), [bytes], [Tensor([3], elements: [0, 1, -1] as [Int8])])
    try expectResults(UnaryFunction(.absolute), [bytes], [Tensor([3], elements: [0, 1, 5] as [Int8])])
    try expectResults(UnaryFunction(.negate), [bytes], [Tensor([3], elements: [0, -1, 5] as [Int8])])
    try expectResults(UnaryFunction(.bitwiseNot), [bytes], [Tensor([3], elements: [-1, -2, 4] as [Int8])])
    try expectResults(UnaryFunction(.not), [truths([true, false])], [truths([false, true])])
  }

  @Test func refusesIntegers() {
    #expect(throws: GraphError.self) {
      try UnaryFunction(.sine).outputTypes(for: [ValueType([2], elementType: .int64)])
    }
  }
}

extension UnaryFunction.Function {
  fileprivate var takesNumbers: Bool { self != .not && self != .bitwiseNot }
}
