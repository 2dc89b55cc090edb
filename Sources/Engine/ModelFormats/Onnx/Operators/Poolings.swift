import Graphs
import Tensors

extension OnnxOperators {
  static let poolings: [String: OnnxConverter] = [
    "AveragePool": { node, builder in
      let value = try node.spatialValue()
      let (window, ceilMode) = (try spatialWindow(of: node, on: value), try node.flag("ceil_mode"))
      let countsPadding = try node.flag("count_include_pad")
      if window.kernel.count == 2 {
        let operation = AveragePool(
          kernel: window.kernel, strides: window.strides, padding: window.padding,
          dilations: window.dilations,
          ceilMode: ceilMode, countIncludesPadding: countsPadding)
        if (try? operation.outputTypes(for: [value.type])) != nil {
          return [try builder.apply(operation, value, for: node)]
        }
      }
      let operation = SpatialPool(
        .average(countsPadding: countsPadding), window: window, ceilMode: ceilMode)
      return [try builder.apply(operation, value, for: node)]
    },
    "MaxPool": { node, builder in
      let value = try node.spatialValue()
      let (window, ceilMode) = (try spatialWindow(of: node, on: value), try node.flag("ceil_mode"))
      if window.kernel.count == 2, node.outputCount == 1 {
        let operation = MaxPool(
          kernel: window.kernel, strides: window.strides, padding: window.padding,
          dilations: window.dilations,
          ceilMode: ceilMode)
        if (try? operation.outputTypes(for: [value.type])) != nil {
          return [try builder.apply(operation, value, for: node)]
        }
      }
      let kind: SpatialPool.Kind =
        node.outputCount == 1
        ? .maximum : .maximumWithIndices(isColumnMajor: try node.flag("storage_order"))
      return try builder.apply(SpatialPool(kind, window: window, ceilMode: ceilMode), [value], for: node)
    },
    "LpPool": { node, builder in
      let value = try node.spatialValue()
      let operation = SpatialPool(
        .norm(try node.integer("p") ?? 2), window: try spatialWindow(of: node, on: value),
        ceilMode: try node.flag("ceil_mode"))
      return [try builder.apply(operation, value, for: node)]
    },
    "MaxUnpool": { node, builder in
      let (value, window) = (try node.spatialValue(), try OnnxWindow(node))
      let size = Array(value.shape.dimensions[2...])
      guard size.count == window.kernel.count else {
        throw node.failure("the kernel has \(window.kernel.count) axes, the value \(size.count)")
      }
      let padding = window.givenPadding
      let inferred = size.indices.map { axis in
        (size[axis] - 1) * window.strides[axis] + window.kernel[axis] - padding.before[axis]
          - padding.after[axis]
      }
      let placeShape = Array(value.shape.dimensions[..<2]) + inferred
      let shape = try node.constantIntegers(2, "the output's shape") ?? placeShape
      let operation = Unpool(shape: shape, placeShape: placeShape)
      return [try builder.apply(operation, value, node.operand(1), for: node)]
    },
    "GlobalAveragePool": { node, builder in
      let value = try node.spatialValue()
      if value.shape.rank == 4 { return [try builder.apply(GlobalPool(kind: .average), value, for: node)] }
      return [try builder.apply(Reduce(kind: .mean, axes: Array(2..<value.shape.rank)), value, for: node)]
    },
    "GlobalMaxPool": { node, builder in
      let value = try node.spatialValue()
      if value.shape.rank == 4 { return [try builder.apply(GlobalPool(kind: .maximum), value, for: node)] }
      return [try builder.apply(Reduce(kind: .maximum, axes: Array(2..<value.shape.rank)), value, for: node)]
    },
    "GlobalLpPool": { node, builder in
      let value = try node.spatialValue()
      let size = Array(value.shape.dimensions[2...])
      let (ones, zeros) = (size.map { _ in 1 }, size.map { _ in 0 })
      let window = SpatialWindow(kernel: size, strides: ones, dilations: ones, before: zeros, after: zeros)
      let operation = SpatialPool(.norm(try node.integer("p") ?? 2), window: window)
      return [try builder.apply(operation, value, for: node)]
    },
  ]

  private static func spatialWindow(of node: OnnxNode, on value: OnnxOperand) throws -> SpatialWindow {
    let window = try OnnxWindow(node)
    guard window.kernel.count == value.shape.rank - 2 else {
      throw node.failure("the kernel has \(window.kernel.count) axes, the value shape \(value.shape)")
    }
    return window.spatial(on: Array(value.shape.dimensions[2...]))
  }
}
