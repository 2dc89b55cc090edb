import ComputeKernels
import Tensors
import Testing

@Suite struct WinogradConvolutionTests {
  private func check(_ one: ConvolutionCase, _ set: InstructionSet, threads: Int = 1) {
    // The transforms' factors of up to eight make rounding errors that much larger.
    one.check(threads: threads, rounding: 8) { one, weights, bias in
      WinogradConvolution(
        input: one.input, output: one.output, window: one.window, weights: weights, bias: bias,
        epilogue: one.epilogue, instructionSet: set)
    }
  }

  @Test(arguments: InstructionSet.available)
  func agreesWithTheReferenceForOddShapes(set: InstructionSet) {
    let windows = [
      Window(kernel: (3, 3)), Window(kernel: (3, 3), padding: (1, 1, 1, 1)),
      Window(kernel: (3, 3), padding: (2, 0, 0, 1)),
    ]
    for window in windows {
      for (inputs, outputs) in [(1, 1), (3, 33), (17, 13), (16, 24), (40, 17)] {
        for (height, width) in [(3, 3), (7, 6), (8, 19), (13, 4)] {
          for extra in [0, 3] {
            check(
              ConvolutionCase(
                input: ImageShape(
                  batch: 2, height: height, width: width, channels: inputs, pixelStride: inputs + extra),
                outputChannels: outputs, window: window, outputPixelStride: outputs + extra,
                hasBias: inputs != 17), set)
          }
        }
      }
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
          outputChannels: outputs, window: Window(kernel: (3, 3), padding: (1, 1, 1, 1)),
          epilogue: Epilogue(activation: .relu6)), set, threads: 2)
    }
  }
}
