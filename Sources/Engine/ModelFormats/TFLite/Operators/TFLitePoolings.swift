import Graphs
import Tensors

extension TFLiteOperators {
  static let poolings: [TFLiteBuiltin] = [
    .init(1, "AVERAGE_POOL_2D", pool { AveragePool(kernel: $0, strides: $1, padding: $2) }),
    .init(17, "MAX_POOL_2D", pool { MaxPool(kernel: $0, strides: $1, padding: $2) }),
  ]

  /// Returns the converter of a pooling that `make` makes of a kernel, strides and padding.
  private static func pool(
    _ make: @escaping @Sendable (_ kernel: [Int], _ strides: [Int], Padding) -> any Operator
  ) -> TFLiteConverter {
    { node, builder in
      let window = TFLiteWindow(
        strides: [try node.integer(2), try node.integer(1)], dilations: [1, 1],
        isSame: try node.choice(0) == 0)
      let kernel = [try node.integer(4), try node.integer(3)]
      let image = try builder.image(node.operand(0), for: node)
      let padding = try window.padding(of: builder.graph[image].type.shape, kernel: kernel, node)
      let result = try builder.applyToImages(make(kernel, window.strides, padding), [image], for: node)
      return try builder.activate(result, node.activation(5), for: node)
    }
  }
}
