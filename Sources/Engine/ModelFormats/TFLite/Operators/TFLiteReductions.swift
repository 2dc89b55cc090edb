import Graphs
import Tensors

extension TFLiteOperators {
  static let reductions: [TFLiteBuiltin] = [
    .init(40, "MEAN", reduce(.mean)), .init(74, "SUM", reduce(.sum)),
    .init(82, "REDUCE_MAX", reduce(.maximum)),
    .init(89, "REDUCE_MIN", reduce(.minimum)), .init(81, "REDUCE_PROD", reduce(.product)),
    .init(56, "ARG_MAX") { node, builder in
      guard let axis = try node.integers(1, "the axis").first else {
        throw node.failure("the axis is missing")
      }
      let operation = ArgumentOfExtreme(.maximum, axis: axis, keepsDimensions: false)
      let places = try builder.apply(operation, [node.operand(0)], for: node)[0]
      // The attribute is the type of the result: 2 for int32, 4 for int64.
      return try node.choice(0) == 2 ? builder.apply(Cast(to: .int32), [places], for: node) : [places]
    },
  ]

  private static func reduce(_ kind: Reduce.Kind) -> TFLiteConverter {
    { node, builder in
      let value = try node.operand(0)
      let axes = try node.integers(1, "the axes").map { try node.axis($0, rank: value.shape.rank) }
      let keepsDimensions = try node.flag(0)
      guard value.isImage else {
        let operation = Reduce(kind: kind, axes: axes, keepsDimensions: keepsDimensions)
        return try builder.apply(operation, [value], for: node)
      }
      let imageAxes = axes.compactMap { TFLiteGraphBuilder.imageAxes.firstIndex(of: $0) }
      let image = try builder.image(value, for: node)
      let reduced = try builder.applyToImages(Reduce(kind: kind, axes: imageAxes), [image], for: node)
      if keepsDimensions { return reduced }
      let rest = value.shape.dimensions.indices.filter { !axes.contains($0) }.map { value.shape[$0] }
      return try builder.apply(Reshape(shape: rest), reduced, for: node)
    }
  }
}
