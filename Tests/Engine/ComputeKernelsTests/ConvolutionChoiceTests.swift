import ComputeKernels
import Tensors
import Testing

@Suite struct ConvolutionChoiceTests {
  private static let same = (1, 1, 1, 1)

  /// A convolution of each kind for which there is more than one kernel.
  private static let cases: [ConvolutionCase] = [
    ConvolutionCase(
      input: ImageShape(height: 9, width: 11, channels: 40), outputChannels: 24,
      window: Window(kernel: (1, 1)),
      epilogue: Epilogue(activation: .relu6)),
    ConvolutionCase(
      input: ImageShape(batch: 2, height: 31, width: 18, channels: 70), outputChannels: 130,
      window: Window(kernel: (1, 1)), outputPixelStride: 137, epilogue: Epilogue(residualPixelStride: 131)),
    ConvolutionCase(
      input: ImageShape(height: 20, width: 23, channels: 33, pixelStride: 40), outputChannels: 48,
      window: Window(kernel: (3, 3), padding: same), epilogue: Epilogue(activation: .silu)),
    ConvolutionCase(
      input: ImageShape(height: 21, width: 16, channels: 8), outputChannels: 17,
      window: Window(kernel: (5, 3), strides: (2, 2), padding: (2, 1, 2, 1))),
    ConvolutionCase(
      input: ImageShape(height: 14, width: 9, channels: 24), outputChannels: 24,
      window: Window(kernel: (3, 3), padding: same), groups: 24, epilogue: Epilogue(activation: .hardSwish)),
    ConvolutionCase(
      input: ImageShape(height: 10, width: 10, channels: 36), outputChannels: 60,
      window: Window(kernel: (3, 3), padding: same), groups: 3, epilogue: Epilogue(activation: .relu)),
  ]

  /// Few output channels, for which vectors run along the input channels.
  private static let narrow: [ConvolutionCase] = (1...4).flatMap { outputs in
    [
      ConvolutionCase(
        input: ImageShape(height: 7, width: 19, channels: 16), outputChannels: outputs,
        window: Window(kernel: (1, 1)), epilogue: Epilogue(activation: .sigmoid)),
      ConvolutionCase(
        input: ImageShape(batch: 2, height: 6, width: 13, channels: 32, pixelStride: 35),
        outputChannels: outputs, window: Window(kernel: (3, 3), padding: same),
        outputPixelStride: outputs + 2,
        epilogue: Epilogue(activation: .relu, residualPixelStride: outputs + 1)),
      ConvolutionCase(
        input: ImageShape(height: 11, width: 9, channels: 48), outputChannels: outputs,
        window: Window(kernel: (3, 5), strides: (2, 1), padding: same), hasBias: false),
    ]
  }

  @Test(arguments: InstructionSet.available)
  func everyCandidateComputesTheSame(set: InstructionSet) {
    for one in Self.cases + Self.narrow {
      let weights = Tensor([
        one.output.channels, one.input.channels / one.groups, one.window.kernelHeight, one.window.kernelWidth,
      ])
      let candidates = choice(one, weights, nil).candidates(set)
      #expect(
        candidates.contains { $0.name.contains("dot") } == (one.output.channels <= 4 && one.groups == 1))
      #expect(Set(candidates.map(\.name)).count == candidates.count)
      for index in candidates.indices {
        for threads in [1, 2] {
          one.check(threads: threads, rounding: candidates[index].name.contains("winograd") ? 8 : 1) {
            let kernel = choice($0, $1, $2).candidates(set)[index].make()
            #expect(kernel.name == candidates[index].name)
            return kernel
          }
        }
      }
    }
  }

  private func choice(_ one: ConvolutionCase, _ weights: Tensor, _ bias: Tensor?) -> ConvolutionChoice {
    ConvolutionChoice(
      input: one.input, output: one.output, window: one.window, groups: one.groups, weights: weights,
      bias: bias,
      epilogue: one.epilogue)
  }

  @Test(arguments: InstructionSet.available)
  func everyCandidateOfPlanesComputesTheSame(set: InstructionSet) {
    var numbers = Numbers(seed: 5)
    let (height, width) = (13, 17)
    let one = ConvolutionCase(
      input: ImageShape(height: height, width: width, channels: 3), outputChannels: 40,
      window: Window(kernel: (3, 3), strides: (2, 2), padding: Self.same))
    let weights = numbers.tensor([40, 3, 3, 3])
    let planes = numbers.floats(3 * height * width)
    // The same image, channels last.
    let image = (0..<planes.count).map { planes[$0 % 3 * height * width + $0 / 3] }
    let before = numbers.floats(one.output.bufferCount)
    let expected = one.evaluate(image, weights, nil, nil, before: before)
    let choice = ConvolutionChoice(
      input: one.input, planeStride: height * width, output: one.output, window: one.window, weights: weights)
    for candidate in choice.candidates(set) {
      let found = run(candidate.make(), [planes], output: before, threads: 2)
      expectClose(found, expected, tolerance: 1e-5, candidate.name)
    }
  }

  @Test(arguments: InstructionSet.available)
  func everyCandidateOfALinearLayerComputesTheSame(set: InstructionSet) {
    for (rows, inputs, outputs) in [(1, 300, 77), (49, 64, 130), (200, 48, 20)] {
      var numbers = Numbers(seed: rows)
      let weights = numbers.tensor([inputs, outputs])
      let values = numbers.floats(rows * inputs)
      let w = weights.elements(as: Float.self)
      let expected = (0..<rows * outputs).map { index in
        Float(
          (0..<inputs).reduce(0.0) { sum, k in
            sum + Double(values[index / outputs * inputs + k]) * Double(w[k * outputs + index % outputs])
          })
      }
      let choice = LinearChoice(
        rows: rows, inputFeatures: inputs, outputFeatures: outputs, inputStride: inputs,
        outputStride: outputs,
        weights: weights, weightsAreInputMajor: true)
      for candidate in choice.candidates(set) {
        for threads in [1, 2] {
          let found = run(
            candidate.make(), [values], output: [Float](repeating: 0, count: expected.count), threads: threads
          )
          expectClose(found, expected, tolerance: 2e-5, "\(candidate.name) \(rows)")
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func expectsWinogradToPayWhereWeightsServeManyPixels(set: InstructionSet) {
    for (size, channels) in [(56, 64), (7, 512), (13, 48), (20, 3)] {
      let shape = ImageShape(height: size, width: size, channels: channels)
      let kernel = ConvolutionChoice(
        input: shape, output: shape, window: Window(kernel: (3, 3), padding: Self.same),
        weights: Tensor([channels, channels, 3, 3])
      ).kernel(set)
      // Few pixels do not repay the reading of four times the weights.
      #expect(kernel.name.contains("winograd") == (size > 7 && channels > 3))
    }
  }
}
