import Graphs

/// EfficientNet-Lite0 without its classifier: the EfficientNet of Tan and Le (2019) without squeeze-excite, with
/// ReLU6, stem and widths fixed. BatchNorm is folded into the weights.
enum EfficientNetLite0 {
  /// Blocks at one resolution; the first has the stage's stride.
  struct Stage: Sendable, Equatable {
    var kernel, stride, expansion, outputs, blocks: Int
  }

  /// The stages of an encoder, and which of them its pyramid is made of.
  struct Configuration: Sendable, Equatable {
    var stages: [Stage]
    /// The stages whose results are the pyramid, at 1/2, 1/4, 1/8, 1/16 and 1/32 of the image.
    var pyramidStages: [Int]

    /// The channels of the pyramid's levels.
    var pyramidChannels: [Int] { pyramidStages.map { stages[$0].outputs } }

    /// The network as published.
    static let standard = Configuration(
      stages: [
        Stage(kernel: 3, stride: 1, expansion: 1, outputs: 16, blocks: 1),
        Stage(kernel: 3, stride: 2, expansion: 6, outputs: 24, blocks: 2),
        Stage(kernel: 5, stride: 2, expansion: 6, outputs: 40, blocks: 2),
        Stage(kernel: 3, stride: 2, expansion: 6, outputs: 80, blocks: 3),
        Stage(kernel: 5, stride: 1, expansion: 6, outputs: 112, blocks: 3),
        Stage(kernel: 5, stride: 2, expansion: 6, outputs: 192, blocks: 4),
        Stage(kernel: 3, stride: 1, expansion: 6, outputs: 320, blocks: 1),
      ],
      pyramidStages: [0, 1, 2, 4, 6])

    /// With a third to a half of the hidden channels, fewer blocks and without the last stage.
    static let thinned = Configuration(
      stages: [
        Stage(kernel: 3, stride: 1, expansion: 1, outputs: 16, blocks: 1),
        Stage(kernel: 3, stride: 2, expansion: 2, outputs: 24, blocks: 2),
        Stage(kernel: 5, stride: 2, expansion: 3, outputs: 40, blocks: 2),
        Stage(kernel: 3, stride: 2, expansion: 3, outputs: 80, blocks: 2),
        Stage(kernel: 5, stride: 1, expansion: 3, outputs: 112, blocks: 2),
        Stage(kernel: 5, stride: 2, expansion: 2, outputs: 192, blocks: 1),
      ],
      pyramidStages: [0, 1, 2, 4, 5])
  }

  static let stemChannels = 32

  /// TensorFlow's "same" padding for even sizes, which is one more behind than before at stride 2.
  static func padding(kernel: Int, stride: Int) -> Padding {
    let total = kernel - stride
    let before = total / 2
    return Padding(top: before, left: before, bottom: total - before, right: total - before)
  }
}

extension NetworkBuilder {
  /// Adds EfficientNet-Lite0 and returns its pyramid, the largest level first.
  ///
  /// - Parameter blocks: How many blocks each stage has, for a slice of the network; its last stages may be left out.
  mutating func efficientNetLite0(
    _ image: ValueID, _ path: String, _ configuration: EfficientNetLite0.Configuration = .standard,
    blocks: [Int]? = nil
  ) throws -> [ValueID] {
    var x = try convolution(
      image, "\(path).stem", to: EfficientNetLite0.stemChannels, kernel: 3, stride: 2,
      padding: EfficientNetLite0.padding(kernel: 3, stride: 2), activation: .relu6)
    var pyramid: [ValueID] = []
    let counts = blocks ?? configuration.stages.map(\.blocks)
    for (index, (stage, count)) in zip(configuration.stages, counts).enumerated() {
      for block in 0..<count {
        let stride = block == 0 ? stage.stride : 1
        x = try invertedResidual(
          x, "\(path).stages.\(index).\(block)",
          InvertedResidual(
            outputs: stage.outputs, expansion: stage.expansion, kernel: stage.kernel, stride: stride,
            padding: EfficientNetLite0.padding(kernel: stage.kernel, stride: stride), activation: .relu6))
      }
      if configuration.pyramidStages.contains(index) { pyramid.append(x) }
    }
    return pyramid
  }
}
