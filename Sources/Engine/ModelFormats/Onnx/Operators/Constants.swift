import Graphs
import Tensors

extension OnnxOperators {
  static let constants: [String: OnnxConverter] = [
    "Constant": { node, builder in
      guard let tensor = try constantValue(of: node) else {
        throw node.failure("its value is missing or not a tensor of numbers")
      }
      return [builder.constant(tensor, of: node)]
    },
    "Shape": { node, builder in
      let dimensions = try node.operand(0).shape.dimensions
      let bounds = [try node.integer("start") ?? 0, try node.integer("end") ?? dimensions.count]
      let clamped = bounds.map { bound in
        min(max(bound < 0 ? bound + dimensions.count : bound, 0), dimensions.count)
      }
      let part = clamped[0] < clamped[1] ? dimensions[clamped[0]..<clamped[1]] : []
      return [integers(part.map(Int64.init), of: node, &builder)]
    },
    "Size": { node, builder in
      let count = Int64(try node.operand(0).shape.elementCount)
      return [builder.constant(Tensor([], elements: [count]), of: node)]
    },
    "ConstantOfShape": constantOfShape,
    "Range": range,
    "EyeLike": { node, builder in
      let like = try node.operand(0)
      guard like.shape.rank == 2 else { throw node.failure("a value of shape \(like.shape) is no matrix") }
      let given = try node.integer("dtype").map { StoredType(onnx: Int32(truncatingIfNeeded: $0)) }
      guard let type = given.map({ $0?.computedType }) ?? like.type.elementType else {
        throw node.failure("the type is not supported")
      }
      try builder.reserve(elements: like.shape.elementCount, for: node)
      let (columns, diagonal) = (like.shape[1], try node.integer("k") ?? 0)
      let elements = (0..<like.shape.elementCount).map {
        Int64($0 % columns).subtractingReportingOverflow(Int64($0 / columns)).partialValue == diagonal
          ? Int64(1) : 0
      }
      let matrix = Tensor(like.shape, elements: elements)
      return [builder.constant(try Cast(to: type).evaluate([matrix])[0], of: node)]
    },
  ]

  private static func constantValue(of node: OnnxNode) throws -> Tensor? {
    if let tensor = try node.tensor("value") { return tensor }
    if let value = try node.float("value_float") { return Tensor([], elements: [value]) }
    if let value = try node.integer("value_int") { return Tensor([], elements: [Int64(value)]) }
    if let values = try node.floats("value_floats") { return Tensor([values.count], elements: values) }
    if let values = try node.integers("value_ints") {
      return Tensor([values.count], elements: values.map(Int64.init))
    }
    return nil
  }

  private static func integers(_ values: [Int64], of node: OnnxNode, _ builder: inout OnnxGraphBuilder)
    -> OnnxOperand
  {
    builder.constant(Tensor([values.count], elements: values), of: node)
  }

  private static func constantOfShape(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    guard let dimensions = try node.constantIntegers(0, "the shape") else {
      throw node.failure("the shape is missing")
    }
    let shape = try Shape(validating: dimensions)
    try builder.reserve(elements: shape.elementCount, for: node)
    let value = try node.tensor("value") ?? Tensor([1], elements: [Float(0)])
    guard value.shape.elementCount == 1 else { throw node.failure("its value is not one number") }
    let tensor: Tensor =
      switch value.elementType {
      case .float32: Tensor(shape, repeating: value.elements(as: Float.self)[0])
      case .float16: Tensor(shape, repeating: value.elements(as: Float16.self)[0])
      case .int64: Tensor(shape, repeating: value.elements(as: Int64.self)[0])
      case .int32: Tensor(shape, repeating: value.elements(as: Int32.self)[0])
      case .int8: Tensor(shape, repeating: value.elements(as: Int8.self)[0])
      case .uint8: Tensor(shape, repeating: value.elements(as: UInt8.self)[0])
      case .bool: Tensor(shape, repeating: value.elements(as: Bool.self)[0])
      }
    return [builder.constant(tensor, of: node)]
  }

  private static func range(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    if try node.constant(0, "start")?.elementType == .float32 {
      let bounds = try (0..<3).compactMap { try node.constantFloats($0, "start, limit or delta")?.first }
      guard bounds.count == 3, bounds[2] != 0, bounds.allSatisfy(\.isFinite) else {
        throw node.failure("start, limit and delta are \(bounds)")
      }
      let steps = ((Double(bounds[1]) - Double(bounds[0])) / Double(bounds[2])).rounded(.up)
      let count = Int(min(max(steps, 0), 1e15))
      try builder.reserve(elements: count, for: node)
      let values = (0..<count).map { bounds[0] + Float($0) * bounds[2] }
      return [builder.constant(Tensor([count], elements: values), of: node)]
    }
    let type = try node.operand(0).type.elementType
    let bounds = try (0..<3).compactMap { try node.constantIntegers($0, "start, limit or delta")?.first }
    guard bounds.count == 3, bounds[2] != 0, bounds.allSatisfy({ abs(Double($0)) < 1e15 }) else {
      throw node.failure("start, limit and delta are \(bounds)")
    }
    let distance = bounds[2] > 0 ? bounds[1] - bounds[0] : bounds[0] - bounds[1]
    let count = max((distance + abs(bounds[2]) - 1) / abs(bounds[2]), 0)
    try builder.reserve(elements: count, for: node)
    let values = integers((0..<count).map { Int64(bounds[0] + $0 * bounds[2]) }, of: node, &builder)
    return [try builder.cast(values, to: type, for: node)]
  }
}
