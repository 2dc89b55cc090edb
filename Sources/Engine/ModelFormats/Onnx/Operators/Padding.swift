import Graphs
import Tensors

extension OnnxOperators {
  static let padding: [String: OnnxConverter] = ["Pad": pad]

  /// The amounts and the value were attributes before operator set 11.
  private static func pad(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    let rank = operand.shape.rank
    guard let pads = try node.integers("pads", orOperand: 1, since: 11) else {
      throw node.failure("pads are missing")
    }
    let axes = try (node.constantIntegers(3, "axes") ?? Array(0..<rank)).map { try node.axis($0, rank: rank) }
    guard pads.count == 2 * axes.count else {
      throw node.failure("\(pads.count) pads for \(axes.count) axes")
    }
    var before = [Int](repeating: 0, count: rank)
    var after = before
    for (index, axis) in axes.enumerated() {
      before[axis] = pads[index]
      after[axis] = pads[axes.count + index]
    }
    let mode: Pad.Mode
    switch try node.text("mode") ?? "constant" {
    case "constant": mode = .constant(try value(of: node))
    case "reflect": mode = .reflect
    case "edge": mode = .edge
    case "wrap": mode = .wrap
    case let other: throw node.failure("the mode \(other) is not supported")
    }
    return [try builder.apply(Pad(mode: mode, before: before, after: after), operand, for: node)]
  }

  private static func value(of node: OnnxNode) throws -> Float {
    if node.operatorSet < 11 { return try node.float("value") ?? 0 }
    guard let tensor = try node.constant(2, "the constant value") else { return 0 }
    if let integer = tensor.integers?.first { return Float(integer) }
    return try node.constantFloats(2, "the constant value")?.first ?? 0
  }
}
