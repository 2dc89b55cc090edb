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

  private static func tile(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    guard let repeats = try node.constantIntegers(1, "repeats") else {
      throw node.failure("repeats are missing")
    }
    return [try builder.apply(Tile(repeats: repeats), node.operand(0), for: node)]
  }

  private static func expand(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    guard let shape = try node.constantIntegers(1, "shape") else {
      throw node.failure("the shape is missing")
    }
    let operand = try node.operand(0)
    if operand.shape.dimensions == shape { return [operand] }
    return [try builder.apply(Expand(shape: shape), operand, for: node)]
  }
}
