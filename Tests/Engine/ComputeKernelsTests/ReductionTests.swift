import ComputeKernels
import Testing

@Suite struct ReductionTests {
  @Test(arguments: InstructionSet.available)
  func agreesWithTheReference(set: InstructionSet) {
    for kind in [ReductionKind.sum, .mean, .maximum, .minimum] {
      for axis in [1, 3, 8, 17, 49, 1000] {
        for inner in [1, 3, 8, 17] {
          let outer = 9
          var numbers = Numbers(seed: axis)
          let input = numbers.floats(outer * axis * inner)
          let expected: [Float] = (0..<outer * inner).map { place in
            let values = (0..<axis).map { Double(input[(place / inner * axis + $0) * inner + place % inner]) }
            return switch kind {
            case .sum: Float(values.reduce(0, +))
            case .mean: Float(values.reduce(0, +) / Double(axis))
            case .maximum: Float(values.max()!)
            case .minimum: Float(values.min()!)
            }
          }
          let kernel = Reduction(kind: kind, outer: outer, axis: axis, inner: inner, instructionSet: set)
          expectClose(
            run(kernel, [input], output: [Float](repeating: 0, count: outer * inner), threads: 2), expected,
            "\(kernel.name) \(axis) x \(inner)")
        }
      }
    }
  }
}
