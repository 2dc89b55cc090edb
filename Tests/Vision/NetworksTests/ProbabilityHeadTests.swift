import Graphs
import Networks
import Tensors
import Testing

@Suite struct ProbabilityHeadTests {
  @Test(arguments: [1, 2])
  func answersAreProbabilities(channels: Int) throws {
    var graph = Graph(name: "head")
    let logits = graph.addInput("logits", ValueType([1, channels, 2, 3]))
    graph.outputs = [try graph.add(Activation(.negate), [logits], name: "negate")[0]]
    let head = try graph.answeringProbabilities()
    try head.validate()
    #expect(head.outputs.map { head[$0].name } == [Graph.probabilityName])
    #expect(head[head.outputs[0]].type.shape == [1, channels, 2, 3])
    #expect((head.nodes.last?.operation is Softmax) == (channels == 2))
  }
}
