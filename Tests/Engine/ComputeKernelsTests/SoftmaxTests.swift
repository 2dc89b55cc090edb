import ComputeKernels
import Glibc
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: InstructionSet.available)
  func agreesWithTheReference(set: InstructionSet) {
    for axis in [1, 2, 7, 8, 13, 16, 33, 400] {
      for inner in [1, 3, 8, 17] {
        for outer in [1, 5, 64] {
          var numbers = Numbers(seed: axis)
          let input = numbers.floats(outer * axis * inner).map { $0 * 30 }
          var expected = input
          for o in 0..<outer {
            for i in 0..<inner {
              let places = (0..<axis).map { (o * axis + $0) * inner + i }
              let top = places.map { Double(input[$0]) }.max()!
              let exponentials = places.map { Glibc.exp(Double(input[$0]) - top) }
              let sum = exponentials.reduce(0, +)
              for (place, e) in zip(places, exponentials) { expected[place] = Float(e / sum) }
            }
          }
          let kernel = Softmax(outer: outer, axis: axis, inner: inner, instructionSet: set)
          let before = [Float](repeating: 3, count: input.count)
          expectClose(
            run(kernel, [input], output: before, threads: 2), expected, tolerance: 1e-6,
            "\(kernel.name) \(outer) x \(axis) x \(inner)")
          expectClose(
            run(kernel, [input], output: [], outputIsInput: 0), expected, tolerance: 1e-6,
            "\(kernel.name) in place \(outer) x \(axis) x \(inner)")
        }
      }
    }
  }
}
