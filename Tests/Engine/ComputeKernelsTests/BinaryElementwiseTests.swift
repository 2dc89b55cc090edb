import ComputeKernels
import Glibc
import Testing

@Suite struct BinaryElementwiseTests {
  private static let operations: [BinaryOperation] = [
    .add, .subtract, .multiply, .divide, .maximum, .minimum, .power,
  ]

  private func combine(_ operation: BinaryOperation, _ x: Float, _ y: Float) -> Float {
    switch operation {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .maximum: max(x, y)
    case .minimum: min(x, y)
    case .power: powf(x, y)
    }
  }

  /// Evaluates one case by walking all indices.
  private func check(
    _ operation: BinaryOperation, _ dimensions: [Int], _ left: [Int], _ right: [Int], _ output: [Int],
    activation: KernelActivation = .identity, set: InstructionSet, threads: Int = 1
  ) {
    func extent(_ strides: [Int]) -> Int { 1 + zip(dimensions, strides).reduce(0) { $0 + ($1.0 - 1) * $1.1 } }
    var numbers = Numbers(seed: dimensions.count)
    let x = numbers.floats(extent(left)).map { operation == .power ? abs($0) + 0.1 : $0 }
    let y = numbers.floats(extent(right)).map { operation == .divide ? $0 + ($0 < 0 ? -1 : 1) : $0 }
    let before = numbers.floats(extent(output))
    var expected = before
    for flat in 0..<dimensions.reduce(1, *) {
      var rest = flat
      var place = [0, 0, 0]
      for axis in dimensions.indices.reversed() {
        let index = rest % dimensions[axis]
        rest /= dimensions[axis]
        place[0] += index * left[axis]
        place[1] += index * right[axis]
        place[2] += index * output[axis]
      }
      expected[place[2]] = Float(
        reference(activation, Double(combine(operation, x[place[0]], y[place[1]]))))
    }
    let kernel = BinaryElementwise(
      operation: operation, dimensions: dimensions, leftStrides: left, rightStrides: right,
      outputStrides: output,
      activation: activation, instructionSet: set)
    let found = run(kernel, [x, y], output: before, threads: threads)
    expectClose(found, expected, "\(set) \(operation) \(activation) \(dimensions) \(left) \(right) \(output)")
  }

  @Test(arguments: InstructionSet.available)
  func broadcastsAlongAnyDimension(set: InstructionSet) {
    for operation in Self.operations {
      for n in [1, 3, 8, 17, 33] {
        check(operation, [n], [1], [1], [1], set: set)
        check(operation, [n], [1], [0], [1], set: set)
        check(operation, [n], [0], [1], [1], set: set)
        check(operation, [5, n], [n, 1], [0, 1], [n, 1], set: set)
        check(operation, [5, n], [n, 1], [1, 0], [n, 1], set: set)
        check(operation, [5, n], [n + 2, 1], [n, 1], [n + 4, 1], set: set)
        check(
          operation, [2, 3, 4, n], [n, 0, 2 * n, 1], [12 * n, 4 * n, n, 1], [12 * n, 4 * n, n, 1], set: set)
        check(operation, [3, n], [1, 3], [n, 1], [n, 1], set: set)
        check(operation, [3, n], [n, 1], [n, 1], [1, 3], set: set)
      }
      check(operation, [], [], [], [], set: set)
      check(operation, [100_003], [1], [1], [1], set: set, threads: 2)
      check(operation, [65_536], [1], [0], [1], set: set, threads: 2)
      check(operation, [700, 300], [300, 1], [0, 1], [300, 1], set: set, threads: 2)
    }
  }

  @Test(arguments: InstructionSet.available)
  func appliesTheActivation(set: InstructionSet) {
    for activation in allActivations where activation != .sqrt && activation != .reciprocal {
      check(.add, [3, 21], [21, 1], [0, 1], [21, 1], activation: activation, set: set)
    }
  }

  @Test(arguments: InstructionSet.available)
  func writesOverAnOperand(set: InstructionSet) {
    let x: [Float] = (0..<37).map { Float($0) }
    let kernel = BinaryElementwise(
      operation: .add, dimensions: [37], leftStrides: [1], rightStrides: [1], outputStrides: [1],
      instructionSet: set)
    #expect(
      run(kernel, [x, x.reversed()], output: [], outputIsInput: 0) == [Float](repeating: 36, count: 37))
  }
}
