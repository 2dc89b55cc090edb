import Graphs

extension Graph {
  /// The name of what `answeringProbabilities` adds.
  package static let probabilityName = "probability"

  /// Returns a network whose logits of one thing are its probability, those of several the probability of each.
  ///
  /// - Throws: What adding an operator throws.
  package func answeringProbabilities() throws -> Graph {
    var graph = self
    let logits = outputs[0]
    let isAlone = graph[logits].type.shape[1] == 1
    let operation: any Operator = isAlone ? Activation(.sigmoid) : Softmax(axis: 1)
    graph.outputs[0] = try graph.add(operation, [logits], name: Self.probabilityName)[0]
    return graph
  }
}
