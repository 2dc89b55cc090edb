import Glibc
import Tensors
import Testing

/// A repeatable stream of numbers (SplitMix64).
struct Numbers {
  private var state: UInt64

  init(seed: Int = 1) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next number of -1...1.
  mutating func float() -> Float { Float(Int64(bitPattern: next()) >> 40) / Float(1 << 23) }

  /// The next `count` numbers of -1...1.
  mutating func floats(_ count: Int) -> [Float] { (0..<count).map { _ in float() } }

  /// A tensor of numbers of -1...1.
  mutating func tensor(_ dimensions: [Int]) -> Tensor {
    let shape = Shape(dimensions)
    return Tensor(shape, elements: floats(shape.elementCount))
  }
}

/// The greatest difference of two lists, relative to 1 + the expected magnitude; infinite when they cannot be compared.
func difference(_ found: [Float], _ expected: [Float]) -> Double {
  guard found.count == expected.count else { return .infinity }
  var greatest = 0.0
  for (a, b) in zip(found, expected) {
    if a == b || (a.isNaN && b.isNaN) { continue }
    let one = abs(Double(a) - Double(b)) / (1 + abs(Double(b)))
    guard one.isFinite else { return .infinity }
    greatest = max(greatest, one)
  }
  return greatest
}

/// Expects two lists to agree to 1e-5 relative.
func expectClose(
  _ found: [Float], _ expected: [Float], tolerance: Double = 1e-5, _ parameters: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = difference(found, expected)
  if !(error <= tolerance) {
    Issue.record("difference \(error) above \(tolerance): \(parameters())", sourceLocation: sourceLocation)
  }
}
