import Graphs
import Tensors

/// Operators that shape arithmetic uses; their operands must be known while importing.
extension OnnxOperators {
  static let constantFunctions: [String: OnnxConverter] = [
    "Equal": comparison { $0 == $1 },
    "Less": comparison { $0 < $1 }, "LessOrEqual": comparison { $0 <= $1 },
    "Greater": comparison { $0 > $1 }, "GreaterOrEqual": comparison { $0 >= $1 },
    "And": comparison { $0 != 0 && $1 != 0 }, "Or": comparison { $0 != 0 || $1 != 0 },
    "Not": { node, builder in
      guard let tensor = try node.constant(0, "the operand"), let values = tensor.integers else {
        throw node.failure("the operand is missing or no truth value")
      }
      return [builder.constant(Tensor(tensor.shape, elements: values.map { $0 == 0 }), of: node)]
    },
    "Mod": { node, builder in
      let (left, right, shape) = try integerPair(0, 1, of: node)
      guard try node.integer("fmod") ?? 0 == 0, !right.contains(0) else {
        throw node.failure("fmod and a divisor of zero are not supported")
      }
      // The sign is the divisor's, as in Python; a divisor of -1 would overflow for the smallest integer.
      let results = zip(left, right).map { left, right -> Int64 in
        let rest = right == -1 ? 0 : left % right
        return Int64(rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest)
      }
      return [builder.constant(Tensor(shape, elements: results), of: node)]
    },
    "Where": { node, builder in
      guard let condition = try node.constant(0, "the condition") else {
        throw node.failure("the condition is missing")
      }
      let (chosen, other, shape) = try integerPair(1, 2, of: node)
      let flags = try spread(condition, to: shape, node)
      let results = flags.indices.map { Int64(flags[$0] != 0 ? chosen[$0] : other[$0]) }
      return [builder.constant(Tensor(shape, elements: results), of: node)]
    },
  ]

  private static func comparison(_ compare: @escaping @Sendable (Int, Int) -> Bool) -> OnnxConverter {
    { node, builder in
      let (left, right, shape) = try integerPair(0, 1, of: node)
      let results = zip(left, right).map { compare($0, $1) }
      return [builder.constant(Tensor(shape, elements: results), of: node)]
    }
  }

  /// Returns the integers of two operands, the smaller repeated to the shape of the larger.
  private static func integerPair(_ first: Int, _ second: Int, of node: OnnxNode) throws -> (
    [Int], [Int], Shape
  ) {
    guard let left = try node.constant(first, "the left operand"),
      let right = try node.constant(second, "the right operand")
    else { throw node.failure("an operand is missing") }
    let shape = left.shape.elementCount >= right.shape.elementCount ? left.shape : right.shape
    return (try spread(left, to: shape, node), try spread(right, to: shape, node), shape)
  }

  /// Returns integers of `shape`, of a tensor of that shape or of one element.
  private static func spread(_ tensor: Tensor, to shape: Shape, _ node: OnnxNode) throws -> [Int] {
    guard let integers = tensor.integers else {
      throw node.failure("only integers known while importing are supported")
    }
    if integers.count == 1 { return [Int](repeating: integers[0], count: shape.elementCount) }
    guard tensor.shape == shape else {
      throw node.failure("shapes \(tensor.shape) and \(shape) do not broadcast here")
    }
    return integers
  }
}
