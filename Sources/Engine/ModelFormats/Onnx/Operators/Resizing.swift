import Graphs
import Tensors

extension OnnxOperators {
  static let resizing: [String: OnnxConverter] = ["Resize": resize, "Upsample": resize]

  private static func resize(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let value = try node.operand(0)
    // `Upsample` and the first `Resize` sampled without offset and rounded down.
    let isFirst = node.operation == "Upsample" || node.operatorSet < 11
    let operation = Interpolation(
      mode: try mode(of: node, isFirst: isFirst),
      coordinates: isFirst ? .asymmetric : try coordinates(of: node),
      axes: try axes(of: node, value.shape, isFirst: isFirst), antialiases: try node.flag("antialias"),
      excludesOutside: try node.flag("exclude_outside"),
      extrapolation: try node.float("extrapolation_value") ?? 0)
    if let planar = operation.planar(of: value.shape), value.type.elementType == .float32 {
      return [try builder.apply(planar, value, for: node)]
    }
    let type = value.type.elementType
    let floats = try builder.cast(value, to: .float32, for: node)
    return [try builder.cast(builder.apply(operation, floats, for: node), to: type, for: node)]
  }

  private static func mode(of node: OnnxNode, isFirst: Bool) throws -> Interpolation.Mode {
    let mode = try node.text("mode") ?? "nearest"
    switch mode {
    case "linear", "bilinear": return .linear
    case "cubic": return .cubic(try node.float("cubic_coeff_a") ?? -0.75)
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

  private static func coordinates(of node: OnnxNode) throws -> Interpolation.Coordinates {
    let mode = try node.text("coordinate_transformation_mode") ?? "half_pixel"
    switch mode {
    case "half_pixel": return .halfPixel
    case "half_pixel_symmetric": return .halfPixelSymmetric
    case "pytorch_half_pixel": return .pytorchHalfPixel
    case "align_corners": return .alignCorners
    case "asymmetric": return .asymmetric
    case "tf_crop_and_resize": return .cropAndResize
    default: throw node.failure("the coordinate_transformation_mode \(mode) is not supported")
    }
  }

  /// Returns how each axis is resized, by sizes or by scales.
  private static func axes(of node: OnnxNode, _ shape: Shape, isFirst: Bool) throws -> [Interpolation.Axis] {
    let axes = try (node.integers("axes") ?? Array(0..<shape.rank)).map {
      try node.axis($0, rank: shape.rank)
    }
    var result: [Interpolation.Axis]
    if !isFirst, let sizes = try node.constantIntegers(3, "sizes"), !sizes.isEmpty {
      guard sizes.count == axes.count, sizes.allSatisfy({ (0...OnnxWindow.limit).contains($0) }) else {
        throw node.failure("sizes \(sizes) for \(axes.count) axes")
      }
      let scales = zip(axes, sizes).map { Double($1) / Double(max(shape[$0], 1)) }
      switch try node.text("keep_aspect_ratio_policy") ?? "stretch" {
      case "stretch":
        result = axes.indices.map { .init(axis: axes[$0], scale: scales[$0], size: sizes[$0]) }
      case "not_larger": result = axes.map { uniform(scales.min() ?? 1, $0, shape) }
      case "not_smaller": result = axes.map { uniform(scales.max() ?? 1, $0, shape) }
      case let policy: throw node.failure("the keep_aspect_ratio_policy \(policy) is not known")
      }
    } else {
      let isAttribute = node.operation == "Upsample" && node.operatorSet < 9
      let scales =
        isAttribute ? try node.floats("scales") : try node.constantFloats(isFirst ? 1 : 2, "scales")
      guard let scales, scales.count == axes.count else {
        throw node.failure("\(scales?.count ?? 0) scales for \(axes.count) axes")
      }
      result = try zip(axes, scales).map { axis, scale in
        let exact = Float(shape[axis]) * scale
        guard exact >= 0, exact <= Float(OnnxWindow.limit) else {
          throw node.failure("a scale of \(scale) for \(shape[axis]) elements")
        }
        return .init(axis: axis, scale: Double(scale), size: Int(exact))
      }
    }
    if try node.text("coordinate_transformation_mode") == "tf_crop_and_resize" {
      guard let region = try node.constantFloats(1, "the region"), region.count == 2 * axes.count else {
        throw node.failure("the region is missing or not two numbers for each axis")
      }
      for index in axes.indices {
        result[index].region = .init(start: Double(region[index]), end: Double(region[axes.count + index]))
      }
    }
    return result
  }

  private static func uniform(_ scale: Double, _ axis: Int, _ shape: Shape) -> Interpolation.Axis {
    let size = min((scale * Double(shape[axis])).rounded(.toNearestOrAwayFromZero), Double(OnnxWindow.limit))
    return .init(axis: axis, scale: scale, size: Int(max(size, 0)))
  }
}

extension Interpolation {
  /// Returns the operator for images in the plane that does the same, if there is one.
  fileprivate func planar(of shape: Shape) -> Resize? {
    let changed = axes.filter { $0.size != shape[$0.axis] || $0.scale != 1 }
    // The fast operator knows sizes only: scales must give them without rounding.
    guard shape.rank == 4, changed.allSatisfy({ $0.axis >= 2 }), !excludesOutside,
      !antialiases || changed.allSatisfy({ $0.scale >= 1 }),
      axes.allSatisfy({ abs($0.scale * Double(shape[$0.axis]) - Double($0.size)) < 1e-3 }),
      let mode = Resize.Mode(mode), let coordinates = Resize.Coordinates(coordinates)
    else { return nil }
    func size(_ axis: Int) -> Int { axes.first { $0.axis == axis }?.size ?? shape[axis] }
    return Resize(mode: mode, coordinates: coordinates, height: size(2), width: size(3))
  }
}

extension Resize.Mode {
  fileprivate init?(_ mode: Interpolation.Mode) {
    switch mode {
    case .nearest(let rounding): self = .nearest(rounding)
    case .linear: self = .bilinear
    case .cubic: return nil
    }
  }
}

extension Resize.Coordinates {
  fileprivate init?(_ coordinates: Interpolation.Coordinates) {
    switch coordinates {
    // Without rounded sizes these two are the same.
    case .halfPixel, .halfPixelSymmetric: self = .halfPixel
    case .pytorchHalfPixel: self = .pytorchHalfPixel
    case .alignCorners: self = .alignCorners
    case .asymmetric: self = .asymmetric
    case .cropAndResize: return nil
    }
  }
}
