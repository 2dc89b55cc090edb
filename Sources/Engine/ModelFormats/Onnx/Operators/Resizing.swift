import Graphs
import Tensors

extension OnnxOperators {
  static let resizing: [String: OnnxConverter] = ["Resize": resize, "Upsample": resize]

  private static func resize(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let image = try node.image()
    // `Upsample` and the first `Resize` sampled without offset and rounded down.
    let isFirst = node.operation == "Upsample" || node.operatorSet < 11
    let coordinates = try coordinates(of: node, isFirst: isFirst)
    let size = try outputSize(of: node, image: image.shape, isFirst: isFirst, coordinates: coordinates)
    let operation = Resize(
      mode: try mode(of: node, isFirst: isFirst), coordinates: coordinates, height: size[0], width: size[1])
    if try node.integer("antialias") ?? 0 != 0, size[0] < image.shape[2] || size[1] < image.shape[3] {
      throw node.failure("antialias is not supported")
    }
    return [try builder.apply(operation, image, for: node)]
  }

  private static func mode(of node: OnnxNode, isFirst: Bool) throws -> Resize.Mode {
    let mode = try node.text("mode") ?? "nearest"
    switch mode {
    case "linear", "bilinear": return .bilinear
    case "nearest": break
    default: throw node.failure("the mode \(mode) is not supported")
    }
    let rounding = try node.text("nearest_mode") ?? (isFirst ? "floor" : "round_prefer_floor")
    switch rounding {
    case "round_prefer_floor": return .nearest(.roundPreferFloor)
    case "round_prefer_ceil": return .nearest(.roundPreferCeiling)
    case "floor": return .nearest(.floor)
    case "ceil": return .nearest(.ceiling)
    default: throw node.failure("the nearest_mode \(rounding) is not known")
    }
  }

  private static func coordinates(of node: OnnxNode, isFirst: Bool) throws -> Resize.Coordinates {
    if isFirst { return .asymmetric }
    let mode = try node.text("coordinate_transformation_mode") ?? "half_pixel"
    switch mode {
    // Scales that do not give whole sizes are refused below; for all others these two are the same.
    case "half_pixel", "half_pixel_symmetric": return .halfPixel
    case "pytorch_half_pixel": return .pytorchHalfPixel
    case "align_corners": return .alignCorners
    case "asymmetric": return .asymmetric
    default: throw node.failure("the coordinate_transformation_mode \(mode) is not supported")
    }
  }

  /// Returns the height and width of the result.
  private static func outputSize(
    of node: OnnxNode, image: Shape, isFirst: Bool, coordinates: Resize.Coordinates
  ) throws -> [Int] {
    let axes = try (node.integers("axes") ?? [0, 1, 2, 3]).map { try node.axis($0, rank: 4) }
    var size = image.dimensions
    if !isFirst, let sizes = try node.constantIntegers(3, "sizes"), !sizes.isEmpty {
      guard try node.text("keep_aspect_ratio_policy") ?? "stretch" == "stretch" else {
        throw node.failure("only the keep_aspect_ratio_policy stretch is supported")
      }
      guard sizes.count == axes.count else {
        throw node.failure("\(sizes.count) sizes for \(axes.count) axes")
      }
      for (axis, value) in zip(axes, sizes) { size[axis] = value }
    } else {
      let isAttribute = node.operation == "Upsample" && node.operatorSet < 9
      let scales =
        isAttribute ? try node.floats("scales") : try node.constantFloats(isFirst ? 1 : 2, "scales")
      guard let scales, scales.count == axes.count else {
        throw node.failure("\(scales?.count ?? 0) scales for \(axes.count) axes")
      }
      for (axis, scale) in zip(axes, scales) {
        let exact = Float(image[axis]) * scale
        guard exact >= 0, exact <= Float(OnnxWindow.limit) else {
          throw node.failure("a scale of \(scale) for \(image[axis]) pixels")
        }
        size[axis] = Int(exact)
        guard exact - Float(size[axis]) < 1e-3 || coordinates == .alignCorners else {
          throw node.failure(
            "a scale of \(scale) takes \(image[axis]) pixels to no whole number; export with sizes instead")
        }
      }
    }
    guard size[0] == image[0], size[1] == image[1] else {
      throw node.failure("only height and width can be resized")
    }
    return [size[2], size[3]]
  }
}
