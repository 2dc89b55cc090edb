import ComputeKernels
import Tensors
import Testing

@Suite struct PointwiseConvolutionTests {
  private static let channels = [1, 3, 7, 8, 13, 16, 17, 24, 33, 70]

  private func check(_ one: ConvolutionCase, _ set: InstructionSet, threads: Int = 1) {
    one.check(threads: threads) { one, weights, bias in
      PointwiseConvolution(
        input: one.input, outputChannels: one.output.channels, outputPixelStride: one.output.pixelStride,
        weights: weights, bias: bias, epilogue: one.epilogue, instructionSet: set)
    }
  }

  @Test(arguments: InstructionSet.available)
  func agreesWithTheReferenceForOddShapes(set: InstructionSet) {
    for inputs in Self.channels {
      for outputs in Self.channels {
        for (height, width) in [(1, 1), (1, 2), (2, 3), (5, 1), (3, 4), (1, 13), (5, 5), (19, 3)] {
          let input = ImageShape(height: height, width: width, channels: inputs)
          check(
            ConvolutionCase(
              input: input, outputChannels: outputs, window: Window(kernel: (1, 1)), hasBias: outputs % 2 == 1
            ),
            set)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func appliesEveryEpilogue(set: InstructionSet) {
    for outputs in [3, 8, 17, 33, 300] {
      for epilogue in epilogues(channels: outputs) {
        for width in [1, 7, 14] {
          check(
            ConvolutionCase(
              input: ImageShape(height: 1, width: width, channels: 11, pixelStride: 13),
              outputChannels: outputs,
              window: Window(kernel: (1, 1)), outputPixelStride: outputs + 3, epilogue: epilogue), set)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func sharesWorkAmongThreads(set: InstructionSet) {
    for (pixels, inputs, outputs) in [(400, 24, 40), (49, 96, 320), (1, 600, 700), (7, 300, 257)] {
      check(
        ConvolutionCase(
          input: ImageShape(batch: 2, height: 1, width: pixels, channels: inputs), outputChannels: outputs,
          window: Window(kernel: (1, 1)), epilogue: Epilogue(activation: .hardSwish)), set, threads: 2)
    }
  }

  @Test(arguments: InstructionSet.available)
  func takesLinearWeightsEitherWay(set: InstructionSet) {
    for (rows, inputs, outputs) in [(1, 5, 3), (4, 17, 9), (13, 33, 40)] {
      var numbers = Numbers(seed: rows)
      let input = numbers.floats(rows * inputs)
      let weights = numbers.floats(inputs * outputs)
      let transposed = (0..<inputs * outputs).map { weights[$0 % inputs * outputs + $0 / inputs] }
      let before = [Float](repeating: 0, count: rows * outputs)
      let results = [true, false].map { isInputMajor in
        run(
          PointwiseConvolution(
            rows: rows, inputFeatures: inputs, outputFeatures: outputs,
            weights: Tensor(
              isInputMajor ? [inputs, outputs] : [outputs, inputs],
              elements: isInputMajor ? weights : transposed),
            weightsAreInputMajor: isInputMajor, instructionSet: set), [input], output: before)
      }
      var expected = before
      for row in 0..<rows {
        for column in 0..<outputs {
          expected[row * outputs + column] = Float(
            (0..<inputs).reduce(0.0) {
              $0 + Double(input[row * inputs + $1]) * Double(weights[$1 * outputs + column])
            })
        }
      }
      for result in results { expectClose(result, expected, "\(set) \(rows) x \(inputs) x \(outputs)") }
    }
  }

  @Test(arguments: InstructionSet.available)
  func writesOverItsResidual(set: InstructionSet) {
    for outputs in [5, 16, 40] {
      var numbers = Numbers(seed: outputs)
      let one = ConvolutionCase(
        input: ImageShape(height: 3, width: 5, channels: 12), outputChannels: outputs,
        window: Window(kernel: (1, 1)), hasBias: false, epilogue: Epilogue(residualPixelStride: outputs))
      let image = numbers.floats(one.input.bufferCount)
      let weights = numbers.tensor([outputs, 12, 1, 1])
      let residual = numbers.floats(one.output.bufferCount)
      let kernel = PointwiseConvolution(
        input: one.input, outputChannels: outputs, weights: weights, epilogue: one.epilogue,
        instructionSet: set)
      let found = run(kernel, [image, residual], output: [], outputIsInput: 1)
      expectClose(found, one.evaluate(image, weights, nil, residual, before: residual), "\(set) \(outputs)")
    }
  }
}
