import Foundation
import Images
import InferenceEngine
import Networks

/// Proposes the first clicks on an image: those on the object that stands out.
///
///     let finder = try SalientObjectFinder(
///       network: NetworkRegistry.clickNetwork(), head: SalientHead(weights: NetworkRegistry.weights(named: "salient")))
///     let clicks = try await finder.firstClicks(on: photo)
public actor SalientObjectFinder {
  private let encoder: ImageNetworkRunner
  private let head: Session

  /// Compiles the encoder of a click network and the head on it.
  ///
  /// - Parameters:
  ///   - network: The default click network, on whose encoder the head was trained; of the head's size.
  ///   - threads: The threads that a run may use.
  /// - Throws: What compiling throws.
  public init(
    network: ClickNetwork, head: SalientHead, threads: Int = Session.defaultThreadCount
  ) throws {
    encoder = try ImageNetworkRunner(network.encoder, threads: threads)
    let maps = (head.graph.inputs + head.graph.outputs).map { head.graph[$0].name }
    let options = CompileOptions(
      orders: Dictionary(uniqueKeysWithValues: maps.map { ($0, .channelsLast) }), threads: threads)
    self.head = Session(try Model(graph: head.graph, options: options), threads: threads)
  }

  /// Returns clicks on what stands out in an image, the surest first; none where nothing does.
  ///
  /// - Throws: What running the networks throws.
  public func firstClicks(on image: Image) throws -> [Click] {
    try encoder.write { pixels in
      image.write(
        crop: image.bounds, width: encoder.width, height: encoder.height, filter: .antialiasedBilinear,
        normalization: .centered, into: pixels, pixelStride: 3)
    }
    try encoder.run()
    for name in SalientHead.pyramidNames {
      let level = try encoder.result(name)
      try head.withInput(name) { _ = $0.update(fromContentsOf: level) }
    }
    try head.run()
    let values = try head.withOutput("logits") { $0.map { 1 / (1 + expf(-$0)) } }
    let object = SalientObject(values, width: encoder.width / 8, height: encoder.height / 8)
    return object.clicks(imageWidth: image.width, imageHeight: image.height)
  }
}
