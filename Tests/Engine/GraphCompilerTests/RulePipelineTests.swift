import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct RulePipelineTests {
  @Test func reducesABlockToItsConvolutions() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 6, 5]))
    var y = x
    for (index, groups) in [1, 4, 1].enumerated() {
      let w = graph.weights("w\(index)", [4, 4 / groups, 1, 1], seed: UInt64(index))
      y = try graph.add(Convolution(groups: groups), [y, w], name: "convolution\(index)")[0]
      let operands = (0..<4).map { graph.weights("bn\(index).\($0)", [4], from: 0.5, to: 2) }
      y = try graph.add(BatchNormalization(), [y] + operands, name: "bn\(index)")[0]
      if index < 2 { y = try graph.add(Activation(.relu6), [y], name: "relu\(index)")[0] }
    }
    graph.outputs = try graph.add(BinaryArithmetic(.add), [x, y], name: "sum")
    let (optimized, rules) = try RulePipeline.optimize(graph)
    #expect(optimized.operatorNames == ["Convolution", "Convolution", "Convolution"])
    #expect(
      rules == [
        FoldBatchNormalization.name, FuseResidualAdd.name, FuseActivation.name, DeadCodeElimination.name,
      ])
    let inputs = graph.sampleInputs()
    expectEqual(
      try optimized.evaluateReference(inputs), try graph.evaluateReference(inputs), tolerance: 1e-5,
      "pipeline")
  }

  @Test func namesEveryRuleOnce() {
    #expect(Set(RulePipeline.ruleNames).count == RulePipeline.ruleNames.count)
  }
}
