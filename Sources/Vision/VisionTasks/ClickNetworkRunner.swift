import Glibc
import Images
import InferenceEngine
import Networks

/// Runs a click network: images and prompts in, probabilities out.
///
/// The encoding of an image's part is kept, so that further clicks on it cost the trunk alone.
final class ClickNetworkRunner {
  /// What one run says.
  struct Answer {
    /// The probabilities of each reading of the prompts; the first is the mask's.
    var maps: [ProbabilityMap]
    /// The network's estimate of each reading's intersection over union, in 0...1.
    var qualities: [Double]
  }

  /// The levels of the encoder's pyramid, for one part of an image.
  private struct Encoding {
    var crop: PixelRect
    var levels: [[Float]]
  }

  /// What the network was trained on: (byte - 127) / 128.
  private static let normalization = PixelNormalization(
    mean: SIMD3(repeating: 127), scale: SIMD3(repeating: 1 / 128))
  /// Encodings that are kept of one image, so that undoing finds them.
  private static let keptEncodings = 4

  private let encoder: Session
  private let trunk: Session
  private let height, width: Int
  private var image: Image?
  private var encodings: [Encoding] = []
  private var loadedCrop: PixelRect?

  /// The milliseconds of each stage since the last `takeLatency`.
  private var latency = StageLatency(encode: 0, network: 0, mask: 0)
  private var profiles: [LayerProfile] = []

  /// Compiles both graphs and takes the memory to run them.
  init(_ network: ClickNetwork, threads: Int) throws {
    height = network.height
    width = network.width
    encoder = Session(
      try Model(graph: network.encoder, options: Self.channelsLast(network.encoder)), threads: threads)
    trunk = Session(
      try Model(graph: network.trunk, options: Self.channelsLast(network.trunk)), threads: threads)
  }

  /// Images and maps go in and come out pixel by pixel.
  private static func channelsLast(_ graph: Graph) -> CompileOptions {
    let images = (graph.inputs + graph.outputs).map { graph[$0] }.filter { $0.type.shape.rank == 4 }
    return CompileOptions(
      orders: Dictionary(uniqueKeysWithValues: images.map { ($0.name, .channelsLast) }))
  }

  /// Answers prompts on a part of an image.
  func answer(
    _ image: Image, crop: PixelRect, _ prompts: ClickPrompts, previous: ProbabilityMap?
  ) throws -> Answer {
    try load(image, crop)
    try timing(\.encode) {
      let maps = PromptMaps(prompts, previous: previous, crop: crop, width: width, height: height)
      try trunk.withInput("prompts") { _ = $0.update(fromContentsOf: maps.values) }
    }
    try timing(\.network) { try trunk.run() }
    profiles.append(trunk.profile)
    return try timing(\.mask) {
      Answer(
        maps: try probabilities(crop),
        qualities: try trunk.withOutput("quality") { $0.map(Double.init) })
    }
  }

  /// Encodes a part of an image ahead of its first click.
  func prepare(_ image: Image, crop: PixelRect) throws { try load(image, crop) }

  /// Returns what the runs since the last call took, and forgets it.
  func takeLatency() -> (StageLatency, LayerProfile?) {
    defer {
      latency = StageLatency(encode: 0, network: 0, mask: 0)
      profiles = []
    }
    let profile = profiles.first.map { profiles.dropFirst().reduce($0, +) }
    return (latency, profile)
  }

  /// Measures other work that belongs to a stage.
  func timing<Result>(
    _ stage: WritableKeyPath<StageLatency, Double>, _ body: () throws -> Result
  ) rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    defer {
      let elapsed = start.duration(to: clock.now).components
      latency[keyPath: stage] += Double(elapsed.seconds) * 1e3 + Double(elapsed.attoseconds) * 1e-15
    }
    return try body()
  }

  // MARK: Encodings

  /// Puts the encoding of a part of an image into the trunk's inputs.
  private func load(_ newImage: Image, _ crop: PixelRect) throws {
    // The same pixels in the same memory are equal at once.
    if image != newImage {
      image = newImage
      encodings = []
      loadedCrop = nil
    }
    guard loadedCrop != crop else { return }
    let encoding = try encodings.first { $0.crop == crop } ?? encode(newImage, crop)
    encodings.removeAll { $0.crop == crop }
    encodings = [encoding] + encodings.prefix(Self.keptEncodings - 1)
    for (name, level) in zip(ClickNetwork.pyramidNames, encoding.levels) {
      try trunk.withInput(name) { _ = $0.update(fromContentsOf: level) }
    }
    loadedCrop = crop
  }

  private func encode(_ image: Image, _ crop: PixelRect) throws -> Encoding {
    try timing(\.encode) {
      try encoder.withInput("image") { pixels in
        image.write(
          crop: crop, width: width, height: height, filter: .antialiasedBilinear,
          normalization: Self.normalization, into: pixels, pixelStride: 3)
      }
    }
    try timing(\.network) { try encoder.run() }
    profiles.append(encoder.profile)
    return Encoding(
      crop: crop, levels: try ClickNetwork.pyramidNames.map { try encoder.withOutput($0) { Array($0) } })
  }

  // MARK: Results

  private func probabilities(_ crop: PixelRect) throws -> [ProbabilityMap] {
    let count = ClickNetwork.alternatives
    return try trunk.withOutput("logits") { logits in
      (0..<count).map { reading in
        let values = stride(from: reading, to: logits.count, by: count).map { 1 / (1 + expf(-logits[$0])) }
        return ProbabilityMap(width: width / 2, height: height / 2, values: values, crop: crop)
      }
    }
  }
}
