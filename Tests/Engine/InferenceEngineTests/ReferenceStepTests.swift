import Graphs
import InferenceEngine
import Tensors
import Testing

/// What no kernel serves runs by the operators' naive evaluation.
@Suite struct ReferenceStepTests {
  @Test func mixesKernelsAndEvaluations() throws {
    var net = NetworkBuilder("mixed")
    let x = net.graph.addInput("x", ValueType([1, 4, 5, 6]))
    let index = net.graph.addInput("index", ValueType([2, 3], elementType: .int64))
    let y = try net.convolve(x, 4)
    // Slopes that differ from pixel to pixel have no kernel, nor have integers.
    let z = try net(ParametricRelu(), y, net.weights([4, 5, 6]))
    let flipped = try net(Transpose(permutation: [1, 0]), net(BinaryArithmetic(.add), index, index))
    net.graph.outputs = [try net(Activation(.exp), z), try net(Reshape(shape: [6]), flipped)]
    let model = try Model(graph: net.graph)
    #expect(model.plan.referenceSteps.map(\.operation).contains("ParametricRelu"))
    #expect(model.plan.referenceSteps.allSatisfy { $0.kernelName == "reference" })
    var inputs = net.samples()
    inputs["index"] = Tensor([2, 3], elements: [1, 2, 3, 4, 5, 6] as [Int64])
    let found = try Session(model).run(inputs)
    let expected = try net.graph.evaluateReference(inputs)
    let names = net.graph.outputs.map { net.graph[$0].name }
    expectEqual([names[0]: found[names[0]]!], [names[0]: expected[names[0]]!], "mixed")
    #expect(found[names[1]]?.elements(as: Int64.self) == [2, 8, 4, 10, 6, 12])
  }

  @Test func acceptsValuesWithoutElementsAndScalars() throws {
    var net = NetworkBuilder("empty")
    let x = net.graph.addInput("x", ValueType([1, 0, 3, 3]))
    let s = net.graph.addInput("s", ValueType([]))
    net.graph.outputs = [
      try net(Activation(.relu), x), try net(BinaryArithmetic(.multiply), s, s),
      try net(Activation(.negate), s),
    ]
    let inputs = ["x": Tensor([1, 0, 3, 3]), "s": Tensor([], elements: [3 as Float])]
    expectEqual(
      try Session(Model(graph: net.graph)).run(inputs), try net.graph.evaluateReference(inputs), "empty")
  }

  @Test func returnsInputsAndConstants() throws {
    var net = NetworkBuilder("through")
    let x = net.graph.addInput("x", ValueType([1, 2, 3, 4]))
    let w = net.weights([5])
    net.graph.outputs = [x, try net(Activation(.relu), w)]
    let inputs = net.samples()
    expectEqual(
      try Session(Model(graph: net.graph)).run(inputs), try net.graph.evaluateReference(inputs), "through")
  }

  @Test func servesTensorsOfManyAxes() throws {
    var net = NetworkBuilder("many axes")
    let x = net.graph.addInput("x", ValueType([2, 3, 2, 1, 2, 3, 2, 2, 2]))
    let turned = try net(Transpose(permutation: [8, 0, 7, 1, 6, 2, 5, 3, 4]), x)
    net.graph.outputs = [
      try net(BinaryArithmetic(.add), turned, turned), try net(Reshape(shape: [-1, 4]), turned),
    ]
    let inputs = net.samples()
    expectEqual(
      try Session(Model(graph: net.graph)).run(inputs), try net.graph.evaluateReference(inputs), "many axes")
  }
}
