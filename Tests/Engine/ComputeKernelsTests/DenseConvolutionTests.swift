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
}
