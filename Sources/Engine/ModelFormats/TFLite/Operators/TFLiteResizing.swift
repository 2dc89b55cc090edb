import Graphs
import Tensors

extension TFLiteOperators {
  static let resizing: [TFLiteBuiltin] = [
    // Fields 0 and 1 once were the size.
    .init(23, "RESIZE_BILINEAR") { node, builder in
      try resize(node, &builder, alignsCorners: node.flag(2), isHalfPixel: node.flag(3)) { _ in .bilinear }
    },
    .init(97, "RESIZE_NEAREST_NEIGHBOR") { node, builder in
      try resize(node, &builder, alignsCorners: node.flag(0), isHalfPixel: node.flag(1)) { coordinates in
        .nearest(coordinates == .asymmetric ? .floor : .roundPreferCeiling)
      }
    },
  ]

  private static func resize(
    _ node: TFLiteNode, _ builder: inout TFLiteGraphBuilder, alignsCorners: Bool, isHalfPixel: Bool,
    _ mode: (Resize.Coordinates) -> Resize.Mode
  ) throws -> [TFLiteOperand] {
    let size = try node.integers(1, "the size")
    guard size.count == 2 else { throw node.failure("the size is \(size), height and width are needed") }
    let coordinates: Resize.Coordinates =
      alignsCorners ? .alignCorners : isHalfPixel ? .halfPixel : .asymmetric
    let operation = Resize(mode: mode(coordinates), coordinates: coordinates, height: size[0], width: size[1])
    return try builder.applyToImages(operation, [builder.image(node.operand(0), for: node)], for: node)
  }
}
