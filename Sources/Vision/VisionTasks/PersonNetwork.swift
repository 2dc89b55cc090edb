import Images
import InferenceEngine
import Networks

/// Runs a portrait network: where the people in the foreground of a picture are.
final class PersonNetwork {
  private let runner: ImageNetworkRunner
  private let isReleasedSINet: Bool

  /// Compiles a portrait network: one result `logits` of one channel, or of two for SINet, which takes other inputs.
  ///
  /// - Throws: What compiling throws.
  init(_ graph: Graph, threads: Int) throws {
    isReleasedSINet = graph[graph.outputs[0]].type.shape[1] == 2
    runner = try ImageNetworkRunner(graph.answeringProbabilities(), threads: threads)
  }

  /// Gives the network the whole picture, squeezed to its input.
  func write(_ image: Image) throws {
    try runner.write { pixels in
      image.write(
        crop: image.bounds, width: runner.width, height: runner.height, filter: .antialiasedBilinear,
        normalization: isReleasedSINet ? .sinet : .centered, into: pixels, pixelStride: 3)
      // SINet was trained on blue, green, red.
      guard isReleasedSINet else { return }
      for index in stride(from: 0, to: pixels.count, by: 3) { pixels.swapAt(index, index + 2) }
    }
  }

  /// Runs the network on the picture that it was given.
  func run() throws { try runner.run() }

  /// What the last run answered about a picture of the given bounds.
  func answer(over bounds: PixelRect) throws -> ProbabilityMap {
    let shares = try runner.result(Graph.probabilityName)
    let values = isReleasedSINet ? stride(from: 1, to: shares.count, by: 2).map { shares[$0] } : shares
    return ProbabilityMap(width: runner.width, height: runner.height, values: values, crop: bounds)
  }

  /// Where the last run's time went.
  var profile: LayerProfile { runner.profile }
}

extension PixelNormalization {
  /// ((byte - mean) / deviation) / 255 of Park et al., red first.
  fileprivate static let sinet = PixelNormalization(
    mean: SIMD3(132.35703, 115.69884, 107.304565),
    scale: 1 / (255 * SIMD3(68.29726, 65.1337, 63.97182)))
}
