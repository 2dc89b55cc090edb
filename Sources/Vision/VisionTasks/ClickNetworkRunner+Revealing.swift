import Images
import InferenceEngine

/// The result of a layer in the last run of a click network.
public struct RevealedLayer: Sendable {
  /// The numbers, in logical order.
  public let result: Tensor
  /// The part of the image that the network looked at; nil for layers that no run has reached.
  public let crop: PixelRect?
  /// Whether it saw that part mirrored.
  public let isMirrored: Bool
}

extension ClickNetworkRunner {
  /// Runs the graph that has a layer once more on what its last run was given, up to that layer.
  ///
  /// - Throws: `InferenceError.unknownName` when neither graph has the layer, and what compiling throws.
  func reveal(_ layer: String) throws -> RevealedLayer {
    let isOfEncoder = encoder.model.optimizedGraph.nodes.contains { $0.name == layer }
    let session = isOfEncoder ? encoder : trunk
    let view = isOfEncoder ? encodedView : loadedView
    let copy = Session(try session.model.revealing(layer), threads: session.threadCount)
    for input in copy.model.inputs {
      try session.withInput(input.name) { values in
        try copy.withInput(input.name) { _ = $0.update(fromContentsOf: values) }
      }
    }
    try copy.run()
    return RevealedLayer(
      result: try copy.output(Model.revealedName), crop: view?.crop, isMirrored: view?.isMirrored ?? false)
  }
}

extension ClickSegmenter {
  /// The graphs that answer clicks, compiled, in the order in which they run.
  public var models: [Model] { runner.models }

  /// Returns a layer's result in the last run.
  ///
  /// - Throws: `InferenceError.unknownName` when there is no such layer.
  public func reveal(_ layer: String) throws -> RevealedLayer { try runner.reveal(layer) }
}

extension ClickNetworkRunner {
  var models: [Model] { [encoder.model, trunk.model] }
}
