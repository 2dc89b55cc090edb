import ComputeKernels
import Testing

@Suite struct PadTests {
  @Test func padsInEveryMode() {
    let dimensions = [2, 3, 5]
    let input = (0..<30).map { Float($0) }
    for mode in [PadMode.constant(-7), .reflect, .edge] {
      for (before, after) in [([0, 0, 0], [0, 0, 0]), ([1, 2, 3], [1, 1, 4]), ([0, -1, 2], [0, 2, -2])] {
        let output = (0..<3).map { dimensions[$0] + before[$0] + after[$0] }
        let expected: [Float] = (0..<output.reduce(1, *)).map { place in
          var index = [
            place / (output[1] * output[2]) - before[0], place / output[2] % output[1] - before[1],
            place % output[2] - before[2],
          ]
          for axis in 0..<3 {
            let size = dimensions[axis]
            switch mode {
            case .constant(let value): if index[axis] < 0 || index[axis] >= size { return value }
            case .edge: index[axis] = min(max(index[axis], 0), size - 1)
            case .reflect:
              while index[axis] < 0 || index[axis] >= size {
                index[axis] = index[axis] < 0 ? -index[axis] : 2 * (size - 1) - index[axis]
              }
            }
          }
          return input[(index[0] * 3 + index[1]) * 5 + index[2]]
        }
        let kernel = Pad(dimensions: dimensions, before: before, after: after, mode: mode)
        let found = run(kernel, [input], output: [Float](repeating: 0, count: expected.count), threads: 2)
        #expect(found == expected, "\(mode) \(before) \(after)")
      }
    }
  }
}
