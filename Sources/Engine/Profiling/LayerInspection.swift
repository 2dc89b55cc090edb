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
    attributes = Mirror(reflecting: node.operation).children.flatMap { child in
      child.label.map { Self.attributes($0, child.value) } ?? []
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

  /// An attribute, or one for each part of a fused block.
  private static func attributes(_ name: String, _ value: Any) -> [Attribute] {
    let parts = Mirror(reflecting: value)
    guard parts.displayStyle == .collection, parts.children.contains(where: { isCompound($0.value) }) else {
      return [Attribute(name: name, value: text(value))]
    }
    return parts.children.enumerated().map { Attribute(name: "\(name) \($0 + 1)", value: text($1.value)) }
  }

  /// Whether Swift's own text of a value would show the names of types and modules.
  private static func isCompound(_ value: Any) -> Bool {
    !(value is any CustomStringConvertible) && !Mirror(reflecting: value).children.isEmpty
  }

  /// A value without the names of types and modules.
  private static func text(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { text($0.value) } ?? "none"
    case .collection: return "[" + mirror.children.map { text($0.value) }.joined(separator: ", ") + "]"
    case .enum where isCompound(value):
      return mirror.children.map { "\($0.label ?? ""): \(text($0.value))" }.joined(separator: ", ")
    case .struct where isCompound(value), .tuple:
      let parts = mirror.children.map { child in (child.label, text(child.value)) }
      return parts.map { label, text in label.map { "\($0) \(text)" } ?? text }.joined(separator: ", ")
    default: return "\(value)"
    }
  }
}
