import GraphCompiler
import Graphs
import Tensors

extension Model {
  /// The name under which a model that reveals a layer returns its result.
  public static let revealedName = "revealed layer"

  /// Returns a model of the same inputs that returns nothing but the first result of a layer.
  ///
  /// The compiled graph is the one that this model runs, cut behind the layer, so that the values are those of its runs.
  ///
  /// - Parameter layer: A name as steps and profiles have it.
  /// - Throws: `InferenceError.unknownName` when no node has the name, and what compiling throws.
  public func revealing(_ layer: String) throws -> Model {
    guard let index = optimizedGraph.nodes.lastIndex(where: { $0.name == layer }) else {
      throw InferenceError.unknownName(layer, kind: "layer", known: [])
    }
    var graph = optimizedGraph
    let value = graph.nodes[index].outputs[0]
    graph.nodes.removeSubrange((index + 1)...)
    graph.outputs = [value]
    graph[value].name = Self.revealedName
    var options = options
    options.orders = options.orders.filter { name, _ in inputs.contains { $0.name == name } }
    options.appliesRules = false
    return try Model(graph: graph, options: options)
  }
}
