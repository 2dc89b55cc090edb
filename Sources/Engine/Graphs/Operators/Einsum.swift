import Tensors

/// Einstein's summation: products of the operands' elements, summed over the letters that the result does not have, as
/// ONNX Einsum and numpy's `einsum`.
///
/// Operands: float32. An ellipsis stands for leading axes that broadcast.
public struct Einsum: Operator, Hashable {
  public static let name = "Einsum"

  /// One letter for each axis of each operand, then `->` and the result's: `bij,bjk->bik`. Without an arrow the result
  /// has the letters that occur once, in alphabetical order.
  public var equation: String

  /// Makes an operator.
  public init(_ equation: String) { self.equation = equation }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...26)
    let shapes = try inputs.indices.map { try operands.floats($0, "operand \($0 + 1)") }
    return [try operands.result(try indices(of: shapes, operands).result.map(\.size))]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    let traffic = Cost.traffic(inputs: inputs, outputs: outputs)
    guard let operands = try? OperandTypes(inputs, of: name, count: 1...26),
      let indices = try? indices(of: inputs.compactMap { $0?.shape }, operands)
    else { return Cost(multiplyAdds: 0, bytes: traffic) }
    let sizes = (indices.result + indices.summed).map(\.size)
    return Cost(multiplyAdds: Cost.product(sizes), bytes: traffic)
  }

  /// A letter of the equation, or one axis of an ellipsis.
  private struct Index {
    var label: String
    var size: Int
  }

  /// The letters of the equation.
  private struct Indices {
    /// The labels of each operand's axes.
    var operands: [[String]]
    /// The result's, in order.
    var result: [Index]
    /// Those that are summed over.
    var summed: [Index]
  }

  private func indices(of shapes: [Shape], _ operands: OperandTypes) throws(GraphError) -> Indices {
    func wrong(_ expected: String) -> GraphError { operands.attributeError("equation", equation, expected) }
    let text = equation.filter { $0 != " " }
    let sides = text.components(separatedBy: "->")
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard sides.count <= 2, terms.count == shapes.count else { throw wrong("one term for each operand") }

    var labels: [[String]] = []
    var sizes: [String: Int] = [:]
    var longestEllipsis = 0
    for (term, shape) in zip(terms, shapes) {
      guard let own = Self.labels(of: term, rank: shape.rank), own.count == shape.rank else {
        throw wrong("one letter for each axis of \(shape)")
      }
      longestEllipsis = max(longestEllipsis, own.count { $0.hasPrefix(".") })
      for (label, size) in zip(own, shape.dimensions) {
        let known = sizes[label] ?? size
        guard known == size || known == 1 || size == 1 else {
          throw wrong("\(label) to be of one size, found \(known) and \(size)")
        }
        sizes[label] = known == 1 ? size : known
      }
      labels.append(own)
    }
    let ellipsis = (0..<longestEllipsis).reversed().map { ".\($0)" }
    var result: [String]
    if sides.count == 2 {
      guard let own = Self.labels(of: sides[1], ellipsis: ellipsis) else { throw wrong("letters") }
      result = own
    } else {
      let letters = labels.joined().filter { !$0.hasPrefix(".") }
      let single = Set(letters).filter { letter in letters.count { $0 == letter } == 1 }
      result = ellipsis + single.sorted()
    }
    guard Set(result).count == result.count, result.allSatisfy({ sizes[$0] != nil }) else {
      throw wrong("each letter of the result once, and in an operand")
    }
    let summed = sizes.keys.filter { !result.contains($0) }.sorted()
    func index(_ label: String) -> Index { Index(label: label, size: sizes[label] ?? 1) }
    return Indices(operands: labels, result: result.map(index), summed: summed.map(index))
  }

  /// Returns the labels of a term; axes of an ellipsis are numbered from the last. Nil for what is no term.
  private static func labels(of term: String, rank: Int) -> [String]? {
    let letters = term.count { $0 != "." }
    return labels(of: term, ellipsis: (0..<max(rank - letters, 0)).reversed().map { ".\($0)" })
  }

  private static func labels(of term: String, ellipsis: [String]) -> [String]? {
    let parts = term.components(separatedBy: "...")
    guard parts.count <= 2, parts.joined().allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
    let letters = parts.map { $0.map(String.init) }
    return parts.count == 1 ? letters[0] : letters[0] + ellipsis + letters[1]
  }
}

extension Einsum {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let types = inputs.map { $0?.valueType }
    let operands = try OperandTypes(types, of: name, count: 1...26)
    let shapes = inputs.map { $0!.shape }
    let indices = try indices(of: shapes, operands)
    func offsets(_ labels: [String], _ shape: Shape, over indices: [Index]) -> [Int] {
      rowMajorSums(
        indices.map { index in
          // A letter that occurs twice walks the diagonal: its strides add up. An axis of one repeats.
          let stride = labels.indices.filter { labels[$0] == index.label && shape[$0] > 1 }
            .reduce(0) { $0 + shape.strides[$1] }
          return (0..<index.size).map { $0 * stride }
        })
    }
    let values = inputs.map { $0!.doubles }
    let outer = zip(indices.operands, shapes).map { offsets($0, $1, over: indices.result) }
    let inner = zip(indices.operands, shapes).map { offsets($0, $1, over: indices.summed) }
    let count = indices.summed.reduce(1) { $0 * $1.size }
    let elements = (0..<result.elementCount).map { place in
      var sum = 0.0
      for step in 0..<count {
        sum += values.indices.reduce(1) { $0 * values[$1][outer[$1][place] + inner[$1][step]] }
      }
      return Float(sum)
    }
    return [Tensor(result, elements: elements)]
  }
}

extension String {
  /// Returns the parts between occurrences of `separator`.
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
