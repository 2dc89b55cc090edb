import Graphs
import Tensors

extension OnnxOperators {
  static let quantization: [String: OnnxConverter] = [
    "DequantizeLinear": { node, builder in
      let value = try node.operand(0)
      return [
        try dequantize(value, scale: node.operand(1), zero: node.optionalOperand(2), node, &builder)
      ]
    },
    "QuantizeLinear": { node, builder in
      let given = try node.integer("output_dtype").flatMap { StoredType(onnx: Int32(truncatingIfNeeded: $0)) }
      let type = given ?? node.storedType(2) ?? node.optionalOperand(2)?.type.elementType.storedType ?? .uint8
      return [
        try quantize(
          node.operand(0), scale: node.operand(1), zero: node.optionalOperand(2), to: type, node, &builder)
      ]
    },
    "DynamicQuantizeLinear": dynamicQuantize,
    "QLinearMatMul": { node, builder in
      let left = try dequantize(
        node.operand(0), scale: node.operand(1), zero: node.operand(2), axis: -2, node, &builder)
      let right = try dequantize(
        node.operand(3), scale: node.operand(4), zero: node.operand(5), axis: -1, node, &builder)
      let product = try builder.apply(MatrixProduct(), left, right, for: node)
      let zero = try node.operand(7)
      return [
        try quantize(
          product, scale: node.operand(6), zero: zero, to: zero.type.elementType.storedType, node, &builder)
      ]
    },
    "QLinearConv": { node, builder in
      let value = try dequantize(
        node.operand(0), scale: node.operand(1), zero: node.operand(2), node, &builder)
      let weight = try dequantize(
        node.operand(3), scale: node.operand(4), zero: node.operand(5), axis: 0, node, &builder)
      var bias: OnnxOperand?
      if let integers = node.optionalOperand(8) {
        let scale = try builder.combine(.multiply, node.operand(1), node.operand(4), for: node)
        bias = try builder.combine(
          .multiply, builder.cast(integers, to: .float32, for: node), scale, for: node)
      }
      let result = try convolution(node, &builder, value, weight, bias: bias)
      let zero = try node.operand(7)
      return [
        try quantize(
          result, scale: node.operand(6), zero: zero, to: zero.type.elementType.storedType, node, &builder)
      ]
    },
  ]

  /// (value - zero) scale, with one scale and zero for all, for each index of an axis, or for each block along it.
  static func dequantize(
    _ value: OnnxOperand, scale: OnnxOperand, zero: OnnxOperand?, axis: Int? = nil, _ node: OnnxNode,
    _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    let axis = try axis ?? node.integer("axis") ?? 1
    var result = try builder.cast(value, to: .float32, for: node)
    if let zero {
      let zeros = try builder.cast(zero, to: .float32, for: node)
      result = try builder.combine(
        .subtract, result, spread(zeros, over: value.shape, axis, node, &builder), for: node)
    }
    return try builder.combine(
      .multiply, result, spread(scale, over: value.shape, axis, node, &builder), for: node)
  }

  /// round(value / scale) + zero, within the type's range.
  private static func quantize(
    _ value: OnnxOperand, scale: OnnxOperand, zero: OnnxOperand?, to type: StoredType, _ node: OnnxNode,
    _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    guard let range = type.quantizedRange else {
      throw node.failure("quantised numbers of \(type.rawValue) are not supported")
    }
    let axis = try node.integer("axis") ?? 1
    let floats = try builder.cast(value, to: .float32, for: node)
    let scaled = try builder.combine(
      .divide, floats, spread(scale, over: value.shape, axis, node, &builder), for: node)
    var result = try builder.apply(UnaryFunction(.round), scaled, for: node)
    if let zero {
      let zeros = try builder.cast(zero, to: .float32, for: node)
      result = try builder.combine(
        .add, result, spread(zeros, over: value.shape, axis, node, &builder), for: node)
    }
    let clipped = try builder.apply(Activation(.clip(range.lowerBound, range.upperBound)), result, for: node)
    return try builder.cast(clipped, to: type.computedType, for: node)
  }

  /// Scale and zero from the range of the numbers themselves.
  private static func dynamicQuantize(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let value = try node.operand(0)
    let none = builder.scalar(0, for: node)
    let largest = try builder.combine(
      .maximum, builder.apply(Reduce(kind: .maximum, keepsDimensions: false), value, for: node), none,
      for: node)
    let smallest = try builder.combine(
      .minimum, builder.apply(Reduce(kind: .minimum, keepsDimensions: false), value, for: node), none,
      for: node)
    let scale = try builder.combine(
      .divide, builder.combine(.subtract, largest, smallest, for: node), 255, for: node)
    let shifted = try builder.combine(
      .divide, builder.combine(.subtract, none, smallest, for: node), scale, for: node)
    let rounded = try builder.apply(UnaryFunction(.round), shifted, for: node)
    let clipped = try builder.apply(Activation(.clip(0, 255)), rounded, for: node)
    let zero = try builder.cast(clipped, to: .uint8, for: node)
    return [try quantize(value, scale: scale, zero: zero, to: .uint8, node, &builder), scale, zero]
  }

  /// Returns scales or zeros in a shape that broadcasts with `shape`.
  private static func spread(
    _ values: OnnxOperand, over shape: Shape, _ axis: Int, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    let count = values.shape.elementCount
    if count == 1 { return try builder.reshape(values, [], for: node) }
    let axis = try node.axis(axis, rank: shape.rank)
    if values.shape.rank == 1 {
      var dimensions = [Int](repeating: 1, count: shape.rank)
      dimensions[axis] = count
      return try builder.reshape(values, dimensions, for: node)
    }
    guard values.shape.rank == shape.rank, values.shape != shape, let block = try node.integer("block_size"),
      block > 0
    else { return values }
    let indices = (0..<shape[axis]).map { Int64($0 / block) }
    let places = builder.constant(Tensor([indices.count], elements: indices), of: node)
    return try builder.apply(Gather(axis: axis), values, places, for: node)
  }
}

extension StoredType {
  /// The range of quantised numbers; nil for types that hold none.
  fileprivate var quantizedRange: ClosedRange<Float>? {
    switch self {
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    case .uint16: 0...65535
    default: nil
    }
  }
}

extension ElementType {
  /// The stored type of the same bit pattern.
  fileprivate var storedType: StoredType {
    switch self {
    case .float32: .float32
    case .float16: .float16
    case .int8: .int8
    case .uint8: .uint8
    case .int32: .int32
    case .int64: .int64
    case .bool: .bool
    }
  }
}
