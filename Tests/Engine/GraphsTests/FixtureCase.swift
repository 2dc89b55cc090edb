import Foundation
import Graphs
import Tensors
import Testing

/// One case of `Fixtures/<operator>.json`, which `Fixtures/make_fixtures.py` computed by other libraries.
struct FixtureCase<Attributes: Decodable & Sendable>: Decodable, Sendable, CustomTestStringConvertible {
  /// The operator's attributes.
  var attributes: Attributes
  /// The operands; nil where an optional one is absent.
  private var inputs: [FixtureInput?]
  private var outputs: [FixtureOutput]

  var testDescription: String {
    "\(attributes) of \(inputs.map { $0.map { "\(Shape($0.shape))" } ?? "none" }.joined(separator: ", "))"
  }

  /// Reads the cases of one operator.
  static func load(_ name: String) throws -> [Self] {
    let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name).json")
    return try JSONDecoder().decode([Self].self, from: Data(contentsOf: url))
  }

  /// Checks that the operator infers and computes the expected results, within `tolerance` of one or of the
  /// expected number where that is larger.
  func check(_ operation: any Operator, tolerance: Float = 1e-6) throws {
    let operands = inputs.map { $0?.tensor }
    let inferred = try operation.outputTypes(for: operands.map { $0.map { ValueType($0.shape) } })
    #expect(inferred == outputs.map { ValueType(Shape($0.shape)) })
    let results = try operation.evaluate(operands)
    #expect(results.map(\.shape) == outputs.map { Shape($0.shape) })
    for (result, output) in zip(results, outputs) {
      expectClose(result.elements(), try output.elements(), tolerance: tolerance)
    }
  }
}

/// An operand whose elements follow from its shape and seed, by the formula of `make_fixtures.py`.
struct FixtureInput: Decodable, Sendable {
  var shape: [Int]
  var seed: Int
  var offset: Float
  var scale: Float

  var tensor: Tensor {
    let shape = Shape(shape)
    return Tensor(
      shape,
      elements: (0..<shape.elementCount).map { index in
        let number = (index * 7919 + seed * 104729 + (index % 13) * (index % 7) * 31) % 2003 - 1001
        return Float(number) / 1001 * scale + offset
      })
  }
}

private struct FixtureOutput: Decodable, Sendable {
  var shape: [Int]
  /// Little-endian float32 in base64.
  var data: Data

  func elements() throws -> [Float] {
    let bytes = [UInt8](data)
    try #require(bytes.count == 4 * shape.reduce(1, *))
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
    }
  }
}

/// Checks that numbers agree within `tolerance` of one or of the expected number where that is larger.
func expectClose(
  _ found: [Float], _ expected: [Float], tolerance: Float = 1e-6,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, sourceLocation: sourceLocation)
  let differing = zip(found, expected).enumerated().first { _, pair in
    !(abs(pair.0 - pair.1) <= tolerance * max(1, abs(pair.1))) && pair.0 != pair.1
  }
  if let (index, pair) = differing {
    Issue.record("element \(index) is \(pair.0), expected \(pair.1)", sourceLocation: sourceLocation)
  }
}

/// Makes a tensor of varied numbers from -1 to 1.
func sample(_ shape: Shape, seed: Int = 1) -> Tensor {
  FixtureInput(shape: shape.dimensions, seed: seed, offset: 0, scale: 1).tensor
}

/// Checks that the operator refuses operands of these float32 shapes with `error`.
func expectRefused(
  _ operation: any Operator, _ shapes: [Shape?], _ error: GraphError,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(throws: error, sourceLocation: sourceLocation) {
    try operation.outputTypes(for: shapes.map { $0.map { ValueType($0) } })
  }
}

extension ActivationFunction {
  /// Finds a function by its name in the fixtures, with the parameters that they use.
  init(fixtureName name: String) throws {
    let functions: [String: ActivationFunction] = [
      "identity": .identity, "relu": .relu, "relu6": .relu6, "sigmoid": .sigmoid, "hardSigmoid": .hardSigmoid,
      "hardSigmoidSlope": .hardSigmoidSlope(0.25, 0.375), "hardSwish": .hardSwish, "silu": .silu,
      "gelu": .gelu, "geluTanh": .geluTanh, "tanh": .tanh, "exp": .exp, "leakyRelu": .leakyRelu(0.125),
      "clip": .clip(-0.5, 0.75), "sqrt": .sqrt, "reciprocal": .reciprocal, "negate": .negate,
      "absolute": .absolute,
    ]
    self = try #require(functions[name])
  }
}

extension Padding {
  /// Makes padding of top, left, bottom and right, in ONNX's order.
  init(_ sides: [Int]) { self.init(top: sides[0], left: sides[1], bottom: sides[2], right: sides[3]) }
}
