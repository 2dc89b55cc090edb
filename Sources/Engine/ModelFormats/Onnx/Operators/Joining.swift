import Graphs
import Tensors

extension OnnxOperators {
  static let joining: [String: OnnxConverter] = [
    "Concat": { node, builder in
      guard let axis = try node.integer("axis") else { throw node.failure("axis is missing") }
      let operands = try node.operands.indices.map { try node.operand($0) }
      return try builder.apply(Concatenation(axis: axis), operands, for: node)
    },
    "Split": split,
    "Tile": tile,
    "Expand": expand,
  ]

  /// The parts' sizes were an attribute before operator set 13; without them the parts are equal, save the last.
  private static func split(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    let axis = try node.axis(node.integer("axis") ?? 0, rank: operand.shape.rank)
    let sizes: [Int]
    if let given = try node.integers("split", orOperand: 1, since: 13) {
      sizes = given
    } else {
      let count = try node.integer("num_outputs") ?? node.outputCount
      guard (1...max(node.outputCount, 1)).contains(count) else {
        throw node.failure("num_outputs is \(count), the node has \(node.outputCount)")
      }
      let size = (operand.shape[axis] + count - 1) / count
      sizes = (0..<count).map { max(min(size, operand.shape[axis] - $0 * size), 0) }
    }
    return try builder.apply(Split(axis: axis, sizes: sizes), [operand], for: node)
  }

  /// Repeats the operand along each axis by joining it with itself.
  private static func tile(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    var result = try node.operand(0)
    let repeats = try node.constantIntegers(1, "repeats") ?? []
    guard repeats.count == result.shape.rank, repeats.allSatisfy({ (0...(1 << 20)).contains($0) }) else {
      throw node.failure("repeats is \(repeats) for shape \(result.shape)")
    }
    for (axis, count) in repeats.enumerated() where count != 1 {
      if count == 0 {
        result = try builder.apply(Slice(starts: [0], ends: [0], axes: [axis]), result, for: node)
      } else {
        let copies = [OnnxOperand](repeating: result, count: count)
        result = try builder.apply(Concatenation(axis: axis), copies, for: node)[0]
      }
    }
    return [result]
  }

  /// Repeats along axes of one, as multiplying with ones does.
  private static func expand(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    guard let target = try node.constantIntegers(1, "shape"), let shape = try? Shape(validating: target)
    else {
      throw node.failure("the shape is missing or not valid")
    }
    try builder.reserve(elements: shape.elementCount, for: node)
    let ones: Tensor =
      switch operand.type.elementType {
      case .float32: Tensor(shape, repeating: Float(1))
      case .int64: Tensor(shape, repeating: Int64(1))
      case .int32: Tensor(shape, repeating: Int32(1))
      case let other: throw node.failure("values of \(other.rawValue) are not supported")
      }
    return [
      try builder.apply(
        BinaryArithmetic(.multiply), operand, builder.constant(ones, of: node), for: node)
    ]
  }
}
