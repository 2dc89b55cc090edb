import ComputeKernels
import Testing

@Suite struct DepthwiseConvolutionTests {
  private func check(_ one: ConvolutionCase, _ set: InstructionSet, threads: Int = 1) {
    one.check(threads: threads) { one, weights, bias in
      DepthwiseConvolution(
        input: one.input, output: one.output, window: one.window, weights: weights, bias: bias,
        epilogue: one.epilogue, instructionSet: set)
    }
  }

  private static let windows = [
    Window(kernel: (3, 3), padding: (1, 1, 1, 1)),
    Window(kernel: (3, 3), strides: (2, 2), padding: (1, 1, 1, 1)),
    Window(kernel: (3, 3), strides: (2, 2), padding: (0, 0, 1, 1)),
    Window(kernel: (5, 5), padding: (2, 2, 2, 2)),
    Window(kernel: (5, 5), strides: (2, 2), padding: (2, 1, 1, 2)),
    Window(kernel: (3, 3), dilations: (2, 2), padding: (2, 2, 2, 2)),
    Window(kernel: (3, 3), dilations: (4, 1), padding: (4, 1, 4, 1)),
    Window(kernel: (3, 3), dilations: (1, 3), padding: (1, 2, 1, 4)),
    Window(kernel: (5, 5), dilations: (2, 2), padding: (4, 4, 4, 4)),
    Window(kernel: (3, 3), strides: (2, 2), dilations: (2, 2), padding: (2, 2, 2, 2)),
    Window(kernel: (3, 3), dilations: (1, 9), padding: (1, 9, 1, 9)),
    Window(kernel: (7, 7), padding: (3, 3, 3, 3)),
    Window(kernel: (1, 3), strides: (1, 3), padding: (0, 1, 0, 1)),
    Window(kernel: (3, 1), padding: (1, 0, 1, 0)),
    Window(kernel: (2, 2), padding: (1, 0, 0, 1)),
    Window(kernel: (1, 5), padding: (0, 2, 0, 2)),
  ]

  @Test(arguments: InstructionSet.available)
  func agreesWithTheReferenceForOddShapes(set: InstructionSet) {
    for window in Self.windows {
      for channels in [2, 3, 7, 8, 13, 16, 17, 24, 33] {
        for (height, width) in [(5, 5), (7, 7), (6, 8), (9, 15), (8, 19)] {
          for extra in [0, 3] {
            check(
              ConvolutionCase(
                input: ImageShape(
                  height: height, width: width, channels: channels, pixelStride: channels + extra),
                outputChannels: channels, window: window, groups: channels,
                outputPixelStride: channels + extra,
                hasBias: channels != 13), set)
          }
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func takesImagesSmallerThanTheKernel(set: InstructionSet) {
    for height in 1...4 {
      for width in 1...4 {
        for window in Self.windows.prefix(4) where window.topPadding > 0 || height > 2 && width > 2 {
          check(
            ConvolutionCase(
              input: ImageShape(batch: 2, height: height, width: width, channels: 9), outputChannels: 9,
              window: window, groups: 9), set)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func appliesEveryEpilogue(set: InstructionSet) {
    for channels in [5, 24, 37] {
      for epilogue in epilogues(channels: channels) {
        check(
          ConvolutionCase(
            input: ImageShape(height: 6, width: 11, channels: channels), outputChannels: channels,
            window: Window(kernel: (3, 3), padding: (1, 1, 1, 1)), groups: channels, epilogue: epilogue), set)
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func sharesWorkAmongThreads(set: InstructionSet) {
    for (batch, size, channels) in [(1, 40, 17), (2, 7, 333), (1, 3, 1600)] {
      check(
        ConvolutionCase(
          input: ImageShape(batch: batch, height: size, width: size, channels: channels),
          outputChannels: channels,
          window: Window(kernel: (5, 5), padding: (2, 2, 2, 2)), groups: channels,
          epilogue: Epilogue(activation: .hardSwish)), set, threads: 2)
    }
  }
}
