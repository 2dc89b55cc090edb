import Graphs
import Tensors

extension OnnxOperators {
  static let poolings: [String: OnnxConverter] = [
    "AveragePool": { node, builder in
      let image = try node.image()
      let window = try OnnxWindow(node)
      let operation = AveragePool(
        kernel: window.kernel, strides: window.strides,
        padding: window.padding(of: Array(image.shape.dimensions[2...])), dilations: window.dilations,
        ceilMode: try node.integer("ceil_mode") == 1,
        countIncludesPadding: try node.integer("count_include_pad") == 1)
      return [try builder.apply(operation, image, for: node)]
    },
    "MaxPool": { node, builder in
      let image = try node.image()
      let window = try OnnxWindow(node)
      let operation = MaxPool(
        kernel: window.kernel, strides: window.strides,
        padding: window.padding(of: Array(image.shape.dimensions[2...])), dilations: window.dilations,
        ceilMode: try node.integer("ceil_mode") == 1)
      return [try builder.apply(operation, image, for: node)]
    },
    "GlobalAveragePool": { node, builder in
      [try builder.apply(GlobalPool(kind: .average), node.image(), for: node)]
    },
    "GlobalMaxPool": { node, builder in
      [try builder.apply(GlobalPool(kind: .maximum), node.image(), for: node)]
    },
  ]
}
