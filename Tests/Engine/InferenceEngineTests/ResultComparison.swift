import Tensors
import Testing

/// Expects float32 results to agree: differences are at most `tolerance` times the largest magnitude or 1.
func expectEqual(
  _ found: [String: Tensor], _ expected: [String: Tensor], tolerance: Float = 1e-4,
  _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.keys.sorted() == expected.keys.sorted(), "\(what())", sourceLocation: sourceLocation)
  for (name, tensor) in expected {
    guard let other = found[name] else { continue }
    #expect(other.shape == tensor.shape, "\(what()), \(name)", sourceLocation: sourceLocation)
    guard other.shape == tensor.shape else { continue }
    let (a, b) = (other.elements(as: Float.self), tensor.elements(as: Float.self))
    let scale = b.reduce(1) { max($0, abs($1)) }
    let isClose = zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * scale }
    let worst = zip(a, b).map { abs($0 - $1) }.max() ?? 0
    #expect(isClose, "\(what()), \(name): off by \(worst) of \(scale)", sourceLocation: sourceLocation)
  }
}
