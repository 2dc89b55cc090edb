import Graphs
import Tensors

extension OnnxOperators {
  static let sampling: [String: OnnxConverter] = [
    "GridSample": { node, builder in
      let operation = GridSample(
        mode: try sampleMode(of: node), border: try border(of: node),
        alignsCorners: try node.flag("align_corners"))
      return [try builder.apply(operation, node.operand(0), node.operand(1), for: node)]
    },
    "RoiAlign": { node, builder in
      let mode = try node.text("mode") ?? "avg"
      // The half pixel came with operator set 16.
      let coordinates =
        try node.text("coordinate_transformation_mode")
        ?? (node.operatorSet < 16 ? "output_half_pixel" : "half_pixel")
      let operation = RoiAlign(
        height: try node.integer("output_height") ?? 1, width: try node.integer("output_width") ?? 1,
        samples: try node.integer("sampling_ratio") ?? 0, scale: try node.float("spatial_scale") ?? 1,
        takesMaximum: mode == "max", isHalfPixel: coordinates == "half_pixel")
      return try builder.apply(operation, (0..<3).map { try node.operand($0) }, for: node)
    },
    "AffineGrid": affineGrid,
  ]

  private static func sampleMode(of node: OnnxNode) throws -> GridSample.Mode {
    switch try node.text("mode") ?? "linear" {
    case "linear", "bilinear": .linear
    case "nearest": .nearest
    case "cubic", "bicubic": .cubic
    case let other: throw node.failure("the mode \(other) is not known")
    }
  }

  private static func border(of node: OnnxNode) throws -> GridSample.Border {
    switch try node.text("padding_mode") ?? "zeros" {
    case "zeros": .zeros
    case "border": .edge
    case "reflection": .reflection
    case let other: throw node.failure("the padding_mode \(other) is not known")
    }
  }

  /// The points of a regular grid from -1 to 1, times a matrix for each image.
  private static func affineGrid(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand]
  {
    let matrices = try node.operand(0)
    guard let given = try node.constantIntegers(1, "the size"), given.count >= 3,
      let shape = try? Shape(validating: Array(given[2...]))
    else { throw node.failure("the size is missing or not valid") }
    let rank = shape.rank
    try builder.reserve(elements: shape.elementCount * (rank + 1), for: node)
    let alignsCorners = try node.flag("align_corners")
    var points: [Float] = []
    for place in 0..<shape.elementCount {
      // The last axis' coordinate comes first, and a one for the translation last.
      for axis in (0..<rank).reversed() {
        let (index, size) = (Float(place / shape.strides[axis] % shape[axis]), Float(shape[axis]))
        points.append(
          alignsCorners ? (size == 1 ? -1 : 2 * index / (size - 1) - 1) : (2 * index + 1) / size - 1)
      }
      points.append(1)
    }
    let grid = builder.constant(Tensor([1, shape.elementCount, rank + 1], elements: points), of: node)
    let turned = try builder.apply(Transpose(permutation: [0, 2, 1]), matrices, for: node)
    let moved = try builder.apply(MatrixProduct(), grid, turned, for: node)
    return [try builder.reshape(moved, [matrices.shape[0]] + shape.dimensions + [rank], for: node)]
  }
}
