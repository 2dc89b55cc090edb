import ComputeKernels
import Glibc
import Testing

@Suite struct UnaryElementwiseTests {
  @Test(arguments: InstructionSet.available)
  func agreesWithTheReferenceForOddCounts(set: InstructionSet) {
    for activation in allActivations {
      for count in [1, 3, 4, 7, 8, 13, 16, 17, 31, 33, 4096, 10_007] {
        var numbers = Numbers(seed: count)
        let input = numbers.floats(count).map { activation == .sqrt ? abs($0) : $0 * 6 }
        let found = run(
          UnaryElementwise(count: count, activation: activation, instructionSet: set), [input],
          output: [Float](repeating: 0, count: count), threads: 2)
        expectClose(
          found, input.map { Float(reference(activation, Double($0))) }, tolerance: 1e-6,
          "\(set) \(activation) \(count)")
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func worksInPlaceAndBetweenPixelStrides(set: InstructionSet) {
    var numbers = Numbers()
    let input = numbers.floats(1000)
    let found = run(
      UnaryElementwise(count: 1000, activation: .silu, instructionSet: set), [input], output: [],
      outputIsInput: 0)
    expectClose(found, input.map { Float(reference(.silu, Double($0))) }, "\(set)")

    let image = ImageShape(height: 3, width: 5, channels: 7, pixelStride: 9)
    let output = ImageShape(height: 3, width: 5, channels: 7, pixelStride: 11)
    let slopes = numbers.floats(7)
    let values = numbers.floats(image.bufferCount)
    var expected = numbers.floats(output.bufferCount)
    let before = expected
    for pixel in 0..<15 {
      for channel in 0..<7 {
        let x = values[pixel * 9 + channel]
        expected[pixel * 11 + channel] = x < 0 ? x * slopes[channel] : x
      }
    }
    let kernel = UnaryElementwise(
      image: image, outputPixelStride: 11, activation: .identity, slopes: slopes, instructionSet: set)
    expectClose(run(kernel, [values], output: before), expected, "\(set) PReLU")
  }

  /// The greatest error that `vector_math.h` states, over the range where the function is not constant.
  @Test(arguments: InstructionSet.available)
  func functionsKeepTheirStatedErrors(set: InstructionSet) {
    let cases: [(KernelActivation, ClosedRange<Double>, Double, Bool)] = [
      (.exp, -87...88.7, 3e-7, true), (.sigmoid, -80...80, 4e-7, true), (.tanh, -20...20, 4e-7, true),
      (.erf, -6...6, 4e-7, false), (.gelu, -8...8, 1.2e-6, false),
    ]
    for (activation, range, bound, isRelative) in cases {
      let count = 400_001
      let input = (0..<count).map {
        Float(range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count - 1))
      }
      let found = run(
        UnaryElementwise(count: count, activation: activation, instructionSet: set), [input],
        output: [Float](repeating: 0, count: count))
      var worst = 0.0
      var place: Float = 0
      for (x, y) in zip(input, found) {
        let expected = reference(activation, Double(x))
        let error = abs(Double(y) - expected) / (isRelative ? max(abs(expected), 1.2e-38) : 1)
        if !(error <= worst) { (worst, place) = (error, x) }
      }
      #expect(worst <= bound, "\(set) \(activation) at \(place)")
    }
  }

  @Test(arguments: InstructionSet.available)
  func handlesInfinitiesAndNotANumber(set: InstructionSet) {
    let input: [Float] = [-.infinity, .infinity, .nan, 200, -200, 0, -0]
    let cases: [(KernelActivation, [Float])] = [
      (.exp, [0, .infinity, .nan, .infinity, 0, 1, 1]), (.sigmoid, [0, 1, .nan, 1, 0, 0.5, 0.5]),
      (.tanh, [-1, 1, .nan, 1, -1, 0, 0]), (.erf, [-1, 1, .nan, 1, -1, 0, 0]),
      (.relu, [0, .infinity, .nan, 200, 0, 0, 0]), (.identity, input),
      (.absolute, [.infinity, .infinity, .nan, 200, 200, 0, 0]),
    ]
    for (activation, expected) in cases {
      let found = run(
        UnaryElementwise(count: input.count, activation: activation, instructionSet: set), [input],
        output: [Float](repeating: 7, count: input.count))
      expectClose(found, expected, "\(set) \(activation) \(found)")
    }
  }
}
