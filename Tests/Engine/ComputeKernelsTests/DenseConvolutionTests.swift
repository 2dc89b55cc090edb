import ComputeKernels
import Testing

@Suite struct DenseConvolutionTests {
  private func check(_ one: ConvolutionCase, _ set: InstructionSet, threads: Int = 1) {
    one.check(threads: threads) { one, weights, bias in
      DenseConvolution(
        input: one.input, output: one.output, window: one.window, weights: weights, bias: bias,
        epilogue: one.epilogue, instructionSet: set)
    }
  }

  private static let windows = [
    Window(kernel: (3, 3), padding: (1, 1, 1, 1)),
    Window(kernel: (3, 3), strides: (2, 2), padding: (0, 0, 1, 1)),
    Window(kernel: (3, 3), strides: (2, 2), padding: (1, 1, 1, 1)),
    Window(kernel: (3, 3), dilations: (2, 2), padding: (2, 2, 2, 2)),
    Window(kernel: (1, 1), strides: (2, 2)),
    Window(kernel: (5, 5), strides: (1, 2), padding: (2, 1, 3, 4)),
    Window(kernel: (1, 3), padding: (0, 1, 0, 1)),
    Window(kernel: (3, 1), strides: (3, 1), dilations: (1, 4), padding: (2, 0, 0, 0)),
    Window(kernel: (7, 7), strides: (2, 2), padding: (3, 3, 3, 3)),
    Window(kernel: (2, 2), strides: (2, 2)),
    Window(kernel: (4, 4), strides: (4, 4), padding: (5, 5, 5, 5)),
  ]

  @Test(arguments: InstructionSet.available)
  func agreesWithTheReferenceForOddShapes(set: InstructionSet) {
    for window in Self.windows {
      for (inputs, outputs) in [(1, 1), (3, 16), (3, 33), (7, 13), (8, 8), (16, 24), (17, 3), (33, 17)] {
        for (height, width) in [(7, 7), (8, 19), (13, 9)] {
          for extra in [0, 3] {
            check(
              ConvolutionCase(
                input: ImageShape(
                  height: height, width: width, channels: inputs, pixelStride: inputs + extra),
                outputChannels: outputs, window: window, outputPixelStride: outputs + extra,
                hasBias: inputs != 7), set)
          }
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func takesImagesSmallerThanTheKernel(set: InstructionSet) {
    for size in 1...4 {
      check(
        ConvolutionCase(
          input: ImageShape(batch: 2, height: size, width: 5 - size, channels: 5), outputChannels: 9,
          window: Window(kernel: (5, 5), padding: (2, 2, 2, 2))), set)
    }
  }

  @Test(arguments: InstructionSet.available)
  func appliesEveryEpilogue(set: InstructionSet) {
    for epilogue in epilogues(channels: 21) {
      check(
        ConvolutionCase(
          input: ImageShape(height: 6, width: 5, channels: 3), outputChannels: 21,
          window: Window(kernel: (3, 3), padding: (1, 1, 1, 1)), epilogue: epilogue), set)
    }
  }

  @Test(arguments: InstructionSet.available)
  func sharesWorkAmongThreads(set: InstructionSet) {
    for (batch, size, inputs, outputs) in [(1, 40, 3, 16), (3, 9, 24, 40), (1, 5, 130, 200)] {
      check(
        ConvolutionCase(
          input: ImageShape(batch: batch, height: size, width: size, channels: inputs),
          outputChannels: outputs,
          window: Window(kernel: (3, 3), padding: (1, 1, 1, 1)), epilogue: Epilogue(activation: .relu6)), set,
        threads: 2)
    }
  }

  /// The image's channels lie one behind the other, with a gap; a kernel of the same image in channels-last order says
  /// what is right.
  @Test(arguments: InstructionSet.available)
  func readsPlanes(set: InstructionSet) {
    for window in Self.windows where DenseConvolution.readsPlanes(channels: 3, window: window) {
      for (batch, height, width, threads) in [(1, 7, 7, 1), (2, 13, 9, 1), (1, 40, 37, 2)] {
        var numbers = Numbers(seed: width)
        let one = ConvolutionCase(
          input: ImageShape(batch: batch, height: height, width: width, channels: 3), outputChannels: 17,
          window: window)
        let planeStride = height * width + 5
        let planes = numbers.floats(batch * 3 * planeStride)
        var image = [Float](repeating: 0, count: one.input.elementCount)
        for n in 0..<batch {
          for channel in 0..<3 {
            for pixel in 0..<height * width {
              image[(n * height * width + pixel) * 3 + channel] =
                planes[(n * 3 + channel) * planeStride + pixel]
            }
          }
        }
        let weights = numbers.tensor([17, 3, window.kernelHeight, window.kernelWidth])
        let bias = numbers.tensor([17])
        let kernel = DenseConvolution(
          input: one.input, planeStride: planeStride, output: one.output, window: window, weights: weights,
          bias: bias, epilogue: Epilogue(activation: .relu6), instructionSet: set)
        let before = [Float](repeating: 0, count: one.output.bufferCount)
        var expected = one
        expected.epilogue = Epilogue(activation: .relu6)
        expectClose(
          run(kernel, [planes], output: before, threads: threads),
          expected.evaluate(image, weights, bias, nil, before: before), "\(window)")
      }
    }
    #expect(!DenseConvolution.readsPlanes(channels: 16, window: Self.windows[0]))
  }
}
