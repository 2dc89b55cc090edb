import ComputeKernels
import Tensors
import Testing

@Suite struct RowPipelineTests {
  /// A stage of a chain under test.
  private enum Link: CustomStringConvertible {
    case pointwise(Int, KernelActivation = .relu6, residual: Bool = false)
    case depthwise(Window)
    case resize(Int, Int, ResizeCoordinates = .halfPixel)

    var description: String {
      switch self {
      case .pointwise(let channels, let activation, let residual):
        "pointwise \(channels) \(activation) residual \(residual)"
      case .depthwise(let window): "depthwise \(window)"
      case .resize(let height, let width, let coordinates): "resize \(height) x \(width) \(coordinates)"
      }
    }
  }

  private static let threeByThree = Window(kernel: (3, 3), padding: (1, 1, 1, 1))

  private static let windows = [
    threeByThree,
    Window(kernel: (3, 3), strides: (2, 2), padding: (0, 0, 1, 1)),
    Window(kernel: (5, 5), strides: (2, 2), padding: (2, 2, 2, 2)),
    Window(kernel: (5, 5), padding: (2, 2, 2, 2)),
    Window(kernel: (3, 3), strides: (4, 4), padding: (1, 1, 1, 1)),
    Window(kernel: (3, 3), dilations: (2, 2), padding: (2, 2, 2, 2)),
    Window(kernel: (3, 5), dilations: (3, 1), padding: (3, 2, 3, 2)),
  ]

  /// Compares a chain with its stages, evaluated one after the other.
  private func check(
    _ links: [Link], batch: Int = 1, height: Int, width: Int, channels: Int, set: InstructionSet, threads: Int
  ) {
    var numbers = Numbers(seed: height * links.count + channels)
    let input = ImageShape(
      batch: batch, height: height, width: width, channels: channels, pixelStride: channels + 1)
    let image = numbers.floats(input.bufferCount)
    var stages: [RowStage] = []
    var residuals: [[Float]] = []
    var before = input
    var expected = image
    var initial: [Float] = []
    for (index, link) in links.enumerated() {
      let isLast = index == links.count - 1
      func stride(_ channels: Int) -> Int { isLast ? channels + 2 : channels }
      switch link {
      case .resize(let height, let width, let coordinates):
        let output = ImageShape(
          batch: batch, height: height, width: width, channels: before.channels,
          pixelStride: stride(before.channels))
        initial =
          isLast ? numbers.floats(output.bufferCount) : [Float](repeating: 0, count: output.bufferCount)
        stages.append(RowStage(.bilinearResize(coordinates: coordinates), output: output))
        let resize = Resize(
          input: before, output: output, mode: .bilinear, coordinates: coordinates, instructionSet: .portable)
        expected = run(resize, [expected], output: initial)
        before = output
      case .pointwise, .depthwise:
        var outputs = before.channels
        var window = Window(kernel: (1, 1))
        var epilogue = Epilogue(activation: .silu)
        if case .pointwise(let channels, let activation, let hasResidual) = link {
          outputs = channels
          epilogue = Epilogue(
            activation: activation, residualPixelStride: hasResidual ? channels + 1 : nil)
        } else if case .depthwise(let its) = link {
          window = its
        }
        let groups = window.isPointwise ? 1 : before.channels
        let part = ConvolutionCase(
          input: before, outputChannels: outputs, window: window, groups: groups,
          outputPixelStride: stride(outputs), epilogue: epilogue)
        let output = part.output
        let weights = numbers.tensor([
          outputs, before.channels / groups, window.kernelHeight, window.kernelWidth,
        ])
        let bias = numbers.tensor([outputs])
        let residual = epilogue.residualPixelStride.map {
          numbers.floats((output.pixelCount - 1) * $0 + outputs)
        }
        if let residual { residuals.append(residual) }
        initial =
          isLast ? numbers.floats(output.bufferCount) : [Float](repeating: 0, count: output.bufferCount)
        expected = part.evaluate(expected, weights, bias, residual, before: initial)
        stages.append(
          RowStage(
            window.isPointwise
              ? .pointwise(weights: weights, bias: bias, epilogue: epilogue)
              : .depthwise(window: window, weights: weights, bias: bias, epilogue: epilogue), output: output))
        before = output
      }
    }
    for candidate in RowPipelineChoice(input: input, stages: stages).candidates(set) {
      let kernel = candidate.make()
      #expect(kernel.name == candidate.name)
      let found = run(kernel, [image] + residuals, output: initial, threads: threads)
      expectClose(found, expected, tolerance: 3e-5, "\(kernel.name) \(input) \(links) threads \(threads)")
    }
  }

  @Test(arguments: InstructionSet.available)
  func agreesWithThreeConvolutions(set: InstructionSet) {
    for window in Self.windows {
      for threads in [1, 2] {
        for residual in [false, true] {
          check(
            [.pointwise(13), .depthwise(window), .pointwise(5, .identity, residual: residual)], batch: 2,
            height: 7, width: 9, channels: 3, set: set, threads: threads)
          check(
            [.pointwise(24), .depthwise(window), .pointwise(16, .identity, residual: residual)],
            height: 40, width: 33, channels: 8, set: set, threads: threads)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func agreesWithChainsOfOtherLengths(set: InstructionSet) {
    let chains: [[Link]] = [
      [.depthwise(Self.threeByThree), .pointwise(7)],
      [.pointwise(20, .gelu), .pointwise(6, .identity, residual: true)],
      [
        .pointwise(6, .relu, residual: true), .pointwise(20, .gelu, residual: true),
        .depthwise(Self.threeByThree),
      ],
      [.resize(30, 44), .depthwise(Self.threeByThree), .pointwise(1, .sigmoid)],
      [.pointwise(32), .depthwise(Self.threeByThree), .pointwise(3, .sigmoid, residual: true)],
      [
        .depthwise(Self.threeByThree), .resize(31, 43), .depthwise(Self.windows[3]),
        .depthwise(Self.threeByThree),
      ],
      [.pointwise(9), .resize(11, 5, .alignCorners)],
      [
        .resize(9, 40, .asymmetric), .resize(31, 23), .depthwise(Self.windows[5]),
        .depthwise(Self.windows[1]),
      ],
    ]
    for chain in chains {
      for threads in [1, 2] {
        check(chain, batch: 2, height: 15, width: 22, channels: 6, set: set, threads: threads)
        check(chain, height: 33, width: 18, channels: 17, set: set, threads: threads)
      }
    }
  }
}
