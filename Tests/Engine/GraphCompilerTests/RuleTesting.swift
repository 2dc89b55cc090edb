import GraphCompiler
import Graphs
import Tensors
import Testing

/// Small tensors of numbers that look random and are the same in every run.
func numbers(_ shape: Shape, seed: UInt64, from low: Float = -1, to high: Float = 1) -> Tensor {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
  return Tensor(
    shape,
    elements: (0..<shape.elementCount).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return low + (high - low) * Float(state >> 40) / Float(1 << 24)
    })
}

extension Graph {
  /// Adds a constant of numbers that look random.
  mutating func weights(
    _ name: String, _ shape: Shape, seed: UInt64 = 7, from low: Float = -1, to high: Float = 1
  )
    -> ValueID
  {
    addConstant(name, numbers(shape, seed: seed, from: low, to: high))
  }

  /// The operators' names in order.
  var operatorNames: [String] { nodes.map(\.operation.name) }

  /// Inputs for one run, the same in every run.
  func sampleInputs(from low: Float = -3, to high: Float = 3) -> [String: Tensor] {
    inputs.enumerated().reduce(into: [:]) { samples, input in
      samples[self[input.element].name] = numbers(
        self[input.element].type.shape, seed: UInt64(input.offset + 1), from: low, to: high)
    }
  }
}

/// Applies a rule, checks that the graph stays valid and computes the same, and returns it; nil when the rule finds nothing.
func rewritten(_ graph: Graph, by rule: any RewriteRule, sourceLocation: SourceLocation = #_sourceLocation)
  throws
  -> Graph?
{
  guard let result = try rule.rewrite(graph) else { return nil }
  try result.validate()
  let inputs = graph.sampleInputs()
  expectEqual(
    try result.evaluateReference(inputs), try graph.evaluateReference(inputs), tolerance: 2e-5,
    "after the rule",
    sourceLocation: sourceLocation)
  return result
}

/// Expects float32 results to agree: differences are at most `tolerance` times the largest magnitude or 1.
func expectEqual(
  _ found: [String: Tensor], _ expected: [String: Tensor], tolerance: Float,
  _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.keys.sorted() == expected.keys.sorted(), "\(what())", sourceLocation: sourceLocation)
  for (name, tensor) in expected {
    guard let other = found[name] else { continue }
    #expect(other.shape == tensor.shape, "\(what()), \(name)", sourceLocation: sourceLocation)
    let (a, b) = (other.elements(as: Float.self), tensor.elements(as: Float.self))
    let scale = b.reduce(1) { max($0, abs($1)) }
    // Not `max`, which loses not-a-number.
    let worst = zip(a, b).map { abs($0 - $1) }.max { !($0 >= $1) } ?? 0
    #expect(
      worst <= tolerance * scale, "\(what()), \(name): off by \(worst) of \(scale)",
      sourceLocation: sourceLocation)
  }
}
