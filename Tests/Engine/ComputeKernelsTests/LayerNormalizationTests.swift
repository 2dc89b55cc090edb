import ComputeKernels
import Tensors
import Testing

@Suite struct LayerNormalizationTests {
  @Test(arguments: InstructionSet.available)
  func agreesWithTheReference(set: InstructionSet) {
    for columns in [1, 3, 8, 13, 17, 33, 256, 500] {
      for rows in [1, 4, 300] {
        for (hasScale, hasBias) in [(true, true), (true, false), (false, false)] {
          var numbers = Numbers(seed: columns)
          let input = numbers.floats(rows * columns).map { $0 * 3 + 5 }
          let scale = hasScale ? numbers.tensor([columns]) : nil
          let bias = hasBias ? numbers.tensor([columns]) : nil
          var expected = input
          for row in 0..<rows {
            let values = (0..<columns).map { Double(input[row * columns + $0]) }
            let mean = values.reduce(0, +) / Double(columns)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
            for column in 0..<columns {
              var y = (values[column] - mean) / (variance + 1e-5).squareRoot()
              if let scale { y *= Double(scale.elements(as: Float.self)[column]) }
              if let bias { y += Double(bias.elements(as: Float.self)[column]) }
              expected[row * columns + column] = Float(y)
            }
          }
          let kernel = LayerNormalization(
            rows: rows, columns: columns, scale: scale, bias: bias, epsilon: 1e-5, instructionSet: set)
          expectClose(
            run(kernel, [input], output: input, threads: 2), expected,
            "\(kernel.name) \(rows) x \(columns) \(hasScale) \(hasBias)")
        }
      }
    }
  }
}
