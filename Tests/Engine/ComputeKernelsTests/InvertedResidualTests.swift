import ComputeKernels
import Tensors
import Testing

@Suite struct InvertedResidualTests {
  /// Compares the block with its three convolutions, evaluated one after the other.
  private func check(
    batch: Int = 1, height: Int, width: Int, channels: (Int, Int, Int), window: Window,
    hasResidual: Bool = false,
    set: InstructionSet, threads: Int
  ) {
    let (narrow, wide, outputs) = channels
    let input = ImageShape(
      batch: batch, height: height, width: width, channels: narrow, pixelStride: narrow + 1)
    let first = ConvolutionCase(
      input: input, outputChannels: wide, window: Window(kernel: (1, 1)),
      epilogue: Epilogue(activation: .relu6))
    let second = ConvolutionCase(
      input: first.output, outputChannels: wide, window: window, groups: wide,
      epilogue: Epilogue(activation: .silu))
    let third = ConvolutionCase(
      input: second.output, outputChannels: outputs, window: Window(kernel: (1, 1)),
      outputPixelStride: outputs + 2, epilogue: Epilogue(residualPixelStride: hasResidual ? outputs + 1 : nil)
    )
    var numbers = Numbers(seed: wide)
    let image = numbers.floats(input.bufferCount)
    let weights = [
      numbers.tensor([wide, narrow, 1, 1]),
      numbers.tensor([wide, 1, window.kernelHeight, window.kernelWidth]),
      numbers.tensor([outputs, wide, 1, 1]),
    ]
    let biases = [numbers.tensor([wide]), numbers.tensor([wide]), numbers.tensor([outputs])]
    let residual = hasResidual ? numbers.floats((third.output.pixelCount - 1) * (outputs + 1) + outputs) : nil
    let before = numbers.floats(third.output.bufferCount)
    let zeros = [Float](repeating: 0, count: max(first.output.bufferCount, second.output.bufferCount))
    let expanded = first.evaluate(
      image, weights[0], biases[0], nil, before: Array(zeros.prefix(first.output.bufferCount)))
    let filtered = second.evaluate(
      expanded, weights[1], biases[1], nil, before: Array(zeros.prefix(second.output.bufferCount)))
    let expected = third.evaluate(filtered, weights[2], biases[2], residual, before: before)
    let kernel = InvertedResidual(
      input: input, output: third.output,
      expand: PointwiseStage(weights: weights[0], bias: biases[0], epilogue: first.epilogue), window: window,
      depthwiseWeights: weights[1], depthwiseBias: biases[1], depthwiseEpilogue: second.epilogue,
      project: PointwiseStage(weights: weights[2], bias: biases[2], epilogue: third.epilogue),
      instructionSet: set)
    let found = run(kernel, [image] + (residual.map { [$0] } ?? []), output: before, threads: threads)
    expectClose(found, expected, "\(kernel.name) \(input) \(channels) \(window) threads \(threads)")
  }

  @Test(arguments: InstructionSet.available)
  func agreesWithThreeConvolutions(set: InstructionSet) {
    let windows = [
      Window(kernel: (3, 3), padding: (1, 1, 1, 1)),
      Window(kernel: (3, 3), strides: (2, 2), padding: (0, 0, 1, 1)),
      Window(kernel: (5, 5), strides: (2, 2), padding: (2, 2, 2, 2)),
      Window(kernel: (5, 5), padding: (2, 2, 2, 2)),
      Window(kernel: (3, 3), strides: (4, 4), padding: (1, 1, 1, 1)),
    ]
    for window in windows {
      for threads in [1, 2] {
        for hasResidual in [false, true] {
          check(
            batch: 2, height: 7, width: 9, channels: (3, 13, 5), window: window, hasResidual: hasResidual,
            set: set, threads: threads)
          check(
            height: 40, width: 33, channels: (8, 24, 16), window: window, hasResidual: hasResidual, set: set,
            threads: threads)
        }
      }
    }
  }
}
