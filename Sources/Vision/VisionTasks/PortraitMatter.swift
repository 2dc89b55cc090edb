import Images
import InferenceEngine
import Networks

/// The people in the foreground of a picture.
public struct PortraitMatte: Sendable {
  /// How much of each pixel is theirs, at the picture's size, its edge that of the picture.
  public var mask: Mask
  /// The network's own answer, which `mask` was made from.
  public var probabilities: ProbabilityMap
  /// How long each stage took.
  public var latency: StageLatency
  /// Where the network's time went, layer by layer.
  public var profile: LayerProfile?

  /// Makes a matte.
  public init(
    mask: Mask, probabilities: ProbabilityMap, latency: StageLatency, profile: LayerProfile? = nil
  ) {
    self.mask = mask
    self.probabilities = probabilities
    self.latency = latency
    self.profile = profile
  }

  /// The fewest pixels that count as a person, as a share of the picture.
  static let leastShare = 0.003

  /// Whether there is a person at all.
  public var hasPerson: Bool { Double(mask.area) >= Self.leastShare * Double(mask.values.count) }
}

/// Cuts the people in the foreground out of a picture.
///
///     let matter = try PortraitMatter(graph: graph)
///     let matte = try await matter.matte(of: photo)
///
/// The network sees the whole picture squeezed to its input; a guided filter then brings the edge to the picture's
/// pixels.
public actor PortraitMatter {
  /// The variance of colours below which the filter takes a window for flat.
  static let epsilon: Float = 1e-3
  /// The reach of the filter's windows, in pixels of the network's answer.
  static let reach = 2.0
  /// Shares, of 255, up to the first are nobody's and from the second on all a person's, lest what the network is not
  /// quite sure of shines through another background. One half stays one half.
  static let (nobody, somebody) = (51, 204)

  private let network: PersonNetwork
  private let refinesEdges: Bool

  /// Compiles a portrait network: one result `logits` of one channel, or of two for SINet, which takes other inputs.
  ///
  /// - Parameters:
  ///   - threads: The threads that a run may use.
  ///   - refinesEdges: Whether edges are moved to those of the picture.
  /// - Throws: What compiling throws.
  public init(
    graph: Graph, threads: Int = Session.defaultThreadCount, refinesEdges: Bool = true
  ) throws {
    network = try PersonNetwork(graph, threads: threads)
    self.refinesEdges = refinesEdges
  }

  /// Returns the people in the foreground.
  ///
  /// - Throws: What running the network throws.
  public func matte(of image: Image) throws -> PortraitMatte {
    var latency = StageLatency(encode: 0, network: 0, mask: 0)
    try Stopwatch.timing(&latency.encode) { try network.write(image) }
    try Stopwatch.timing(&latency.network) { try network.run() }
    let (map, mask) = try Stopwatch.timing(&latency.mask) {
      let map = try network.answer(over: image.bounds)
      return (map, self.mask(map, image))
    }
    return PortraitMatte(mask: mask, probabilities: map, latency: latency, profile: network.profile)
  }

  private func mask(_ map: ProbabilityMap, _ image: Image) -> Mask {
    guard refinesEdges else {
      return map.mask(width: image.width, height: image.height, threshold: 0.5)
    }
    let pixelsPerValue = max(
      Double(image.width) / Double(map.width), Double(image.height) / Double(map.height))
    // The grid of the filter is about as fine as the network's answer.
    let filter = GuidedFilter(
      radius: max(Self.reach * pixelsPerValue, 2), epsilon: Self.epsilon,
      subsampling: max(Int(pixelsPerValue.rounded()), 1))
    let soft = filter.refine(
      map.values, columns: map.width, rows: map.height, over: map.crop, of: image
    ).whole
    return Mask(width: soft.width, height: soft.height, values: soft.values.map(Self.level))
  }

  /// Stretches a share of 0...255 from `nobody`...`somebody` to all of it, in numbers that processors take many of at once.
  @inline(__always)
  private static func level(_ share: UInt8) -> UInt8 {
    let (least, extent) = (Int32(nobody), Int32(somebody - nobody))
    return UInt8(truncatingIfNeeded: (min(max(Int32(share) - least, 0), extent) * 255 + extent / 2) / extent)
  }
}
