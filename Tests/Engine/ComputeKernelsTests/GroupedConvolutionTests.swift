import ComputeKernels
import Testing

@Suite struct GroupedConvolutionTests {
  @Test(arguments: InstructionSet.available)
  func agreesWithTheReference(set: InstructionSet) {
    let windows = [
      Window(kernel: (1, 1)), Window(kernel: (3, 3), strides: (2, 1), padding: (1, 1, 1, 0)),
      Window(kernel: (3, 3), dilations: (2, 1), padding: (2, 1, 2, 1)),
    ]
    for window in windows {
      for (groups, depth, columns) in [(2, 3, 5), (2, 16, 24), (4, 1, 2), (6, 2, 1), (3, 7, 17), (16, 2, 2)] {
        for epilogue in [
          Epilogue(), Epilogue(slopes: (0..<groups * columns).map { Float($0) / 40 - 0.3 }),
          Epilogue(activation: .silu, residualPixelStride: groups * columns + 2),
        ] {
          for threads in [1, 2] {
            let one = ConvolutionCase(
              input: ImageShape(batch: 2, height: 9, width: 7, channels: groups * depth),
              outputChannels: groups * columns, window: window, groups: groups, epilogue: epilogue)
            one.check(threads: threads) { one, weights, bias in
              GroupedConvolution(
                input: one.input, output: one.output, window: one.window, groups: one.groups,
                weights: weights,
                bias: bias, epilogue: one.epilogue, instructionSet: set)
            }
          }
        }
      }
    }
  }
}
