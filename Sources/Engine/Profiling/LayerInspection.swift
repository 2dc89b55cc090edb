import InferenceEngine

/// What there is to know of a layer beside its times: attributes, neighbours, weights.
public struct LayerInspection: Sendable, Hashable {
  /// A name and what stands behind it.
  public struct Attribute: Sendable, Hashable {
    public let name, value: String
  }

  /// The layer.
  public let layer: String
  /// The operator's attributes, those of an optimised graph.
  public let attributes: [Attribute]
  /// The layers and inputs that it reads, and the layers and outputs that read it.
  public let inputs, outputs: [String]
  /// How the largest constant that it reads is spread; nil where it reads none.
  public let weights: WeightHistogram?

  /// Looks a layer up in the models of a profile, which run one after the other; nil when none of them has it.
  public init?(_ layer: String, in models: [Model]) {
    let found = models.lazy.compactMap { model in
      model.optimizedGraph.nodes.last { $0.name == layer }.map { (model.optimizedGraph, $0) }
    }.first
    guard let (graph, node) = found else { return nil }
    self.layer = layer
    attributes = Mirror(reflecting: node.operation).children.compactMap { child in
      child.label.map { Attribute(name: $0, value: Self.text(child.value)) }
    }
    let read = node.inputs.compactMap { $0 }
    inputs = read.filter { graph[$0].constant == nil }.map { value in
      graph.nodes.last { $0.outputs.contains(value) }?.name ?? graph[value].name
    }
    var readers = graph.nodes.filter { other in
      other.inputs.contains { $0.map(node.outputs.contains) ?? false }
    }.map(\.name)
    readers += graph.outputs.filter(node.outputs.contains).map { graph[$0].name }
    outputs = readers.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    let constants = read.compactMap { graph[$0].constant }.filter { $0.elementType == .float32 }
    weights = constants.max { $0.shape.elementCount < $1.shape.elementCount }
      .flatMap { WeightHistogram($0.elements()) }
  }

  /// A value without the names of the modules that its type is from.
  private static func text(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional { return mirror.children.first.map { text($0.value) } ?? "none" }
    guard mirror.displayStyle == .struct, !mirror.children.isEmpty, !(value is any CustomStringConvertible)
    else {
      return "\(value)"
    }
    let parts = mirror.children.map { child in (child.label, text(child.value)) }
    return parts.map { label, text in label.map { "\($0) \(text)" } ?? text }.joined(separator: ", ")
  }
}
