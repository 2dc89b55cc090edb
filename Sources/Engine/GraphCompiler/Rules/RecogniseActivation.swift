import Glibc
import Graphs

/// Turns arithmetic on one value and numbers, such as x · clip(x + 3, 0, 6) / 6, into the activation function it computes.
///
/// Exporters write hard-swish, SiLU and GELU in many orders of multiplications and additions. Instead of a pattern for each,
/// the rule evaluates the expression on sample points and takes the function that agrees on all of them.
package struct RecogniseActivation: RewriteRule {
  package static let name = "Activation recognition"

  private static let functions: [ActivationFunction] = [
    .relu, .relu6, .sigmoid, .hardSigmoid, .hardSwish, .silu, .gelu, .geluTanh,
  ]
  /// Numbers of both signs from far below any rounding error to far above any saturation, closest where functions bend.
  private static let samples: [Float] =
    (-96...96).map { Float($0) / 8 } + [0.001, 0.01, 20, 50, 1e3, 1e4].flatMap { [$0, -$0] }
  /// The most nodes that an exporter spends on one function.
  private static let nodeLimit = 10

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    // Backwards, so that the whole of an expression is tried before its parts.
    for index in graph.nodes.indices.reversed() where rewriter.isUntouched(index) {
      guard let (expression, function) = Self.recognise(endingAt: index, in: rewriter) else { continue }
      let last = graph.nodes[index]
      let activation = Node(
        name: last.name, operation: Activation(function), inputs: [expression.variable],
        outputs: last.outputs)
      rewriter.replace(expression.nodes, with: [activation])
    }
    return rewriter.result()
  }

  private static func recognise(endingAt index: Int, in rewriter: GraphRewriter)
    -> (expression: PointwiseExpression, function: ActivationFunction)?
  {
    guard rewriter.graph.nodes[index].operation is BinaryArithmetic else { return nil }
    var nodes: Set<Int> = [index]
    while nodes.count <= nodeLimit {
      guard let expression = PointwiseExpression(nodes: nodes, in: rewriter) else { return nil }
      if expression.leaves.count == 1, let function = functions.first(where: expression.agrees) {
        return (expression, function)
      }
      // The leaf computed last may itself be computed from another leaf, never the other way round.
      let writers = expression.leaves.compactMap {
        PointwiseExpression.writer(of: $0, readBy: nodes, in: rewriter)
      }
      guard let next = writers.max() else { return nil }
      nodes.insert(next)
    }
    return nil
  }

  /// Nodes that compute one value element by element from one other value and from numbers.
  private struct PointwiseExpression {
    /// The nodes' indices in the order in which they run.
    let nodes: [Int]
    /// The values read from outside that are not numbers.
    let leaves: Set<ValueID>
    private let graph: Graph

    /// The value the expression is a function of.
    var variable: ValueID { leaves.first! }

    /// Makes the expression; nil when the elements of a leaf are not the result's.
    init?(nodes: Set<Int>, in rewriter: GraphRewriter) {
      let graph = rewriter.graph
      let written = Set(nodes.flatMap { graph.nodes[$0].outputs })
      let read = nodes.flatMap { graph.nodes[$0].inputs.compactMap { $0 } }
      leaves = Set(read.filter { !written.contains($0) && rewriter.scalar($0) == nil })
      self.nodes = nodes.sorted()
      self.graph = graph
      // Safe: `nodes` is never empty.
      let type = graph[graph.nodes[self.nodes.last!].outputs[0]].type
      guard !leaves.isEmpty, type.elementType == .float32, leaves.allSatisfy({ graph[$0].type == type })
      else { return nil }
    }

    /// Returns the node that computes `leaf` element by element for the expression alone.
    static func writer(of leaf: ValueID, readBy nodes: Set<Int>, in rewriter: GraphRewriter) -> Int? {
      guard rewriter.isRead(leaf, onlyBy: nodes) else { return nil }
      guard let index = rewriter.writer(of: leaf) else { return nil }
      let operation = rewriter.graph.nodes[index].operation
      return operation is Activation || operation is BinaryArithmetic || operation is ErrorFunction
        ? index : nil
    }

    /// Whether the expression is `function`, as far as the samples and float arithmetic tell.
    func agrees(with function: ActivationFunction) -> Bool {
      samples.allSatisfy { sample in
        let (expected, found) = (function(sample), evaluate(sample))
        return abs(expected - found) <= 2e-6 * max(1, abs(sample))
      }
    }

    private func evaluate(_ x: Float) -> Float {
      var values = [variable: x]
      func value(_ id: ValueID?) -> Float {
        // Safe: operands of pointwise operators are given, and are written before, the variable or numbers.
        values[id!] ?? graph[id!].constant!.elements(as: Float.self)[0]
      }
      for index in nodes {
        let node = graph.nodes[index]
        if let activation = node.operation as? Activation {
          values[node.outputs[0]] = activation.function(value(node.inputs[0]))
        } else if node.operation is ErrorFunction {
          values[node.outputs[0]] = erff(value(node.inputs[0]))
        } else if let arithmetic = node.operation as? BinaryArithmetic {
          values[node.outputs[0]] = Self.apply(
            arithmetic.operation, value(node.inputs[0]), value(node.inputs[1]))
        }
      }
      return value(graph.nodes[nodes.last!].outputs[0])
    }

    private static func apply(_ operation: BinaryArithmetic.Operation, _ a: Float, _ b: Float) -> Float {
      switch operation {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: a / b
      case .maximum: max(a, b)
      case .minimum: min(a, b)
      case .power: powf(a, b)
      }
    }
  }
}
