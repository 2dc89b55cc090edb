import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct RecogniseActivationTests {
  /// Writes an expression node by node.
  private struct Writer {
    var graph = Graph(name: "test")
    let x: ValueID

    init() { x = graph.addInput("x", ValueType([1, 2, 3, 5])) }

    mutating func number(_ value: Float, _ shape: Shape = []) -> ValueID {
      graph.addConstant("number \(graph.values.count)", Tensor(shape, elements: [value]))
    }

    mutating func callAsFunction(_ operation: BinaryArithmetic.Operation, _ a: ValueID, _ b: ValueID) throws
      -> ValueID
    {
      try graph.add(BinaryArithmetic(operation), [a, b], name: "node \(graph.nodes.count)")[0]
    }

    mutating func callAsFunction(_ function: ActivationFunction, _ a: ValueID) throws -> ValueID {
      try graph.add(Activation(function), [a], name: "node \(graph.nodes.count)")[0]
    }

  }

  /// Returns the function that the rule finds an expression to be.
  private static func recognised(_ output: ValueID, in writer: Writer) throws -> ActivationFunction? {
    var graph = writer.graph
    graph.outputs = [output]
    guard let result = try rewritten(graph, by: RecogniseActivation()) else { return nil }
    #expect(result.nodes.count == 1)
    return (result.nodes[0].operation as? Activation)?.function
  }

  @Test func findsSiLU() throws {
    var write = Writer()
    let gate = try write(.sigmoid, write.x)
    #expect(try Self.recognised(try write(.multiply, gate, write.x), in: write) == .silu)
  }

  @Test func findsHardSwishInThreeForms() throws {
    var write = Writer()
    let gate = try write(.hardSigmoid, write.x)
    #expect(try Self.recognised(try write(.multiply, write.x, gate), in: write) == .hardSwish)

    write = Writer()
    let shifted = try write(.add, write.x, write.number(3))
    let clipped = try write(.clip(0, 6), shifted)
    let product = try write(.multiply, write.x, clipped)
    #expect(try Self.recognised(try write(.divide, product, write.number(6, [1])), in: write) == .hardSwish)

    write = Writer()
    let six = try write(.relu6, try write(.add, write.number(3), write.x))
    let scaled = try write(.multiply, six, write.number(1 / 6))
    #expect(try Self.recognised(try write(.multiply, scaled, write.x), in: write) == .hardSwish)
  }

  @Test func findsGELUByHyperbolicTangent() throws {
    var write = Writer()
    let cube = try write(.power, write.x, write.number(3))
    let bent = try write(.add, write.x, try write(.multiply, cube, write.number(0.044715)))
    let angle = try write(.multiply, bent, write.number(0.7978845608))
    let sum = try write(.add, try write(.tanh, angle), write.number(1))
    let half = try write(.multiply, write.x, write.number(0.5))
    #expect(try Self.recognised(try write(.multiply, half, sum), in: write) == .geluTanh)
  }

  @Test func findsGELUByErrorFunction() throws {
    var write = Writer()
    let scaled = try write(.divide, write.x, write.number(1.41421356))
    let error = try write.graph.add(ErrorFunction(), [scaled], name: "error")[0]
    let product = try write(.multiply, write.x, try write(.add, error, write.number(1)))
    #expect(try Self.recognised(try write(.multiply, product, write.number(0.5)), in: write) == .gelu)
  }

  @Test func findsReLUWrittenAsMaximum() throws {
    var write = Writer()
    #expect(try Self.recognised(try write(.maximum, write.x, write.number(0)), in: write) == .relu)
  }

  @Test func leavesOtherExpressionsAlone() throws {
    var write = Writer()
    let gate = try write(.sigmoid, try write(.multiply, write.x, write.number(1.01)))
    #expect(try Self.recognised(try write(.multiply, gate, write.x), in: write) == nil)

    write = Writer()
    let clipped = try write(.clip(0, 5), try write(.add, write.x, write.number(3)))
    #expect(try Self.recognised(try write(.multiply, write.x, clipped), in: write) == nil)
  }

  @Test func leavesSharedPartsAlone() throws {
    var write = Writer()
    let gate = try write(.sigmoid, write.x)
    let product = try write(.multiply, gate, write.x)
    write.graph.outputs = [product, gate]
    #expect(try RecogniseActivation().rewrite(write.graph) == nil)
  }

  @Test func leavesBroadcastGatesAlone() throws {
    var write = Writer()
    let narrow = write.graph.addInput("narrow", ValueType([1, 2, 1, 1]))
    let gate = try write(.sigmoid, narrow)
    #expect(try Self.recognised(try write(.multiply, gate, write.x), in: write) == nil)
  }
}
