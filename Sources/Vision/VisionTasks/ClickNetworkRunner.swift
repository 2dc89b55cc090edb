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
    /// The network's estimate of each reading's intersection over union, in 0...1; the first reading is the mask's.
    let qualities: [Double]
    /// The logits, readings innermost.
    fileprivate let logits: [Float]
    fileprivate let width, height: Int
    fileprivate let crop: PixelRect

    /// The probabilities of a reading of the prompts.
    func map(of reading: Int) -> ProbabilityMap {
      let values = stride(from: reading, to: logits.count, by: ClickNetwork.alternatives)
        .map { 1 / (1 + expf(-logits[$0])) }
      return ProbabilityMap(width: width, height: height, values: values, crop: crop)
    }
  }

  /// A part of an image, as it is or mirrored left to right.
  struct View: Equatable {
    var crop: PixelRect
    var isMirrored: Bool
  }

  /// The levels of the encoder's pyramid, for one part of an image.
  private struct Encoding {
    var view: View
    var levels: [[Float]]
  }

  /// What the network was trained on: (byte - 127) / 128.
  private static let normalization = PixelNormalization(
    mean: SIMD3(repeating: 127), scale: SIMD3(repeating: 1 / 128))
  /// Encodings that are kept of one image, so that undoing finds them.
  private static let keptEncodings = 8

  let encoder: Session
  let trunk: Session
  private let height, width: Int
  private var image: Image?
  private var encodings: [Encoding] = []
  /// The part of the image last cut out, as the encoder reads it; looked at mirrored it is not cut out again.
  private var cutOut: (crop: PixelRect, pixels: [Float])?
  /// The view whose encoding the trunk's inputs hold, and the one that the encoder's input holds.
  private(set) var loadedView: View?
  private(set) var encodedView: View?

  /// The milliseconds of each stage since the last `takeLatency`.
  private var latency = StageLatency(encode: 0, network: 0, mask: 0)
  private var profiles: [LayerProfile] = []

  /// Compiles both graphs and takes the memory to run them.
  init(_ network: ClickNetwork, threads: Int) throws {
    height = network.height
    width = network.width
    encoder = Session(
      try Model(graph: network.encoder, options: Self.options(network.encoder, threads)), threads: threads)
    trunk = Session(
      try Model(graph: network.trunk, options: Self.options(network.trunk, threads)), threads: threads)
  }

  /// Images and maps go in and come out pixel by pixel.
  private static func options(_ graph: Graph, _ threads: Int) -> CompileOptions {
    let images = (graph.inputs + graph.outputs).map { graph[$0] }.filter { $0.type.shape.rank == 4 }
    return CompileOptions(
      orders: Dictionary(uniqueKeysWithValues: images.map { ($0.name, .channelsLast) }), threads: threads)
  }

  /// Answers prompts on a part of an image.
  ///
  /// - Parameter isCareful: Whether the mirrored part is asked as well and the mean of both taken, as RITM does: twice
  ///   the time for a steadier mask.
  func answer(
    _ image: Image, crop: PixelRect, _ prompts: ClickPrompts, previous: ProbabilityMap?,
    isCareful: Bool = false
  ) throws -> Answer {
    let maps = timing(\.encode) {
      PromptMaps(prompts, previous: previous, crop: crop, width: width, height: height).values
    }
    var (logits, qualities) = try run(image, View(crop: crop, isMirrored: false), maps)
    if isCareful {
      let other = try run(image, View(crop: crop, isMirrored: true), maps)
      logits = zip(logits, other.logits).map { ($0 + $1) / 2 }
      qualities = zip(qualities, other.qualities).map { ($0 + $1) / 2 }
    }
    return Answer(qualities: qualities, logits: logits, width: width / 2, height: height / 2, crop: crop)
  }

  /// Encodes a part of an image ahead of its first click.
  func prepare(_ image: Image, crop: PixelRect) throws {
    try load(image, View(crop: crop, isMirrored: false))
  }

  /// Runs the network on a view of an image, whose results are mirrored back.
  ///
  /// - Parameter maps: The prompts as they lie on the part that is not mirrored.
  private func run(
    _ image: Image, _ view: View, _ maps: [Float]
  ) throws -> (logits: [Float], qualities: [Double]) {
    try load(image, view)
    try timing(\.encode) {
      var maps = maps
      if view.isMirrored { mirror(&maps, width: width, channels: PromptMaps.count) }
      try trunk.withInput("prompts") { _ = $0.update(fromContentsOf: maps) }
    }
    try timing(\.network) { try trunk.run() }
    profiles.append(trunk.profile)
    var logits = try trunk.withOutput("logits") { Array($0) }
    if view.isMirrored { mirror(&logits, width: width / 2, channels: ClickNetwork.alternatives) }
    return (logits, try trunk.withOutput("quality") { $0.map(Double.init) })
  }

  /// Turns the rows of an image around, whose channels are innermost.
  private func mirror<Values: MutableCollection & RandomAccessCollection>(
    _ values: inout Values, width: Int, channels: Int
  ) where Values.Element == Float, Values.Index == Int {
    for row in stride(from: 0, to: values.count, by: width * channels) {
      for column in 0..<width / 2 {
        let (left, right) = (row + column * channels, row + (width - 1 - column) * channels)
        for channel in 0..<channels { values.swapAt(left + channel, right + channel) }
      }
    }
  }

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
  private func load(_ newImage: Image, _ view: View) throws {
    // The same pixels in the same memory are equal at once.
    if image != newImage {
      image = newImage
      encodings = []
      cutOut = nil
      loadedView = nil
    }
    guard loadedView != view else { return }
    let encoding = try encodings.first { $0.view == view } ?? encode(newImage, view)
    encodings.removeAll { $0.view == view }
    encodings = [encoding] + encodings.prefix(Self.keptEncodings - 1)
    for (name, level) in zip(ClickNetwork.pyramidNames, encoding.levels) {
      try trunk.withInput(name) { _ = $0.update(fromContentsOf: level) }
    }
    loadedView = view
  }

  private func encode(_ image: Image, _ view: View) throws -> Encoding {
    try timing(\.encode) {
      var pixels = timing(\.crop) { cutOut(image, view.crop) }
      if view.isMirrored { mirror(&pixels, width: width, channels: 3) }
      try encoder.withInput("image") { _ = $0.update(fromContentsOf: pixels) }
    }
    encodedView = view
    try timing(\.network) { try encoder.run() }
    profiles.append(encoder.profile)
    return Encoding(
      view: view, levels: try ClickNetwork.pyramidNames.map { try encoder.withOutput($0) { Array($0) } })
  }

  private func cutOut(_ image: Image, _ crop: PixelRect) -> [Float] {
    if let cutOut, cutOut.crop == crop { return cutOut.pixels }
    var pixels = [Float](repeating: 0, count: 3 * width * height)
    pixels.withUnsafeMutableBufferPointer {
      image.write(
        crop: crop, width: width, height: height, filter: .antialiasedBilinear,
        normalization: Self.normalization, into: $0, pixelStride: 3)
    }
    cutOut = (crop, pixels)
    return pixels
  }
}
