import Graphs
import Tensors

/// Operators whose result's shape depends on their operands' elements, which must be known while importing.
extension OnnxOperators {
  static let dataDependent: [String: OnnxConverter] = [
    "NonZero": { node, builder in
      guard let value = try node.constant(0, "the value") else { throw node.failure("the value is missing") }
      let flags = try Cast(to: .bool).evaluate([value])[0].elements(as: Bool.self)
      let places = flags.indices.filter { flags[$0] }
      let strides = value.shape.strides
      let coordinates = strides.indices.flatMap { axis in
        places.map { Int64($0 / strides[axis] % value.shape[axis]) }
      }
      return [
        builder.constant(Tensor([strides.count, places.count], elements: coordinates), of: node)
      ]
    },
    "Compress": { node, builder in
      let flags = try node.constantIntegers(1, "the condition") ?? []
      let value = try node.operand(0)
      let isFlat = try node.integer("axis") == nil
      let axis = isFlat ? 0 : try node.axis(node.integer("axis") ?? 0, rank: value.shape.rank)
      let data = isFlat ? try builder.reshape(value, [value.shape.elementCount], for: node) : value
      let chosen = flags.indices.filter { flags[$0] != 0 }.map { Int64($0) }
      let indices = builder.constant(Tensor([chosen.count], elements: chosen), of: node)
      return [try builder.apply(Gather(axis: axis), data, indices, for: node)]
    },
    "Unique": unique,
    "NonMaxSuppression": { node, builder in
      guard let boxes = try node.constant(0, "the boxes"), let scores = try node.constant(1, "the scores")
      else {
        throw node.failure("boxes or scores are missing")
      }
      let suppression = OnnxSuppression(
        isCentred: try node.integer("center_point_box") ?? 0 != 0,
        count: try node.constantIntegers(2, "the number of boxes")?.first ?? 0,
        overlap: try node.constantFloats(3, "the overlap")?.first ?? 0,
        score: try node.constantFloats(4, "the score")?.first)
      let chosen = try suppression.chosen(boxes, scores, node).flatMap { $0.map { Int64($0) } }
      return [builder.constant(Tensor([chosen.count / 3, 3], elements: chosen), of: node)]
    },
  ]

  private static func unique(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    guard let value = try node.constant(0, "the value") else { throw node.failure("the value is missing") }
    let given = try node.integer("axis")
    let axis = try given.map { try node.axis($0, rank: value.shape.rank) }
    let data = axis == nil ? try value.reshaped([value.shape.elementCount]) : value
    let dimensions = data.shape.dimensions
    let length = dimensions[axis ?? 0]
    let inner = dimensions[((axis ?? 0) + 1)...].reduce(1, *)
    let numbers = data.integers?.map { Double($0) } ?? data.elements(as: Float.self).map { Double($0) }
    // One row for each index along the axis.
    let rows = (0..<length).map { index in
      numbers.indices.filter { $0 / inner % length == index }.map { numbers[$0] }
    }
    var firsts: [Int] = []
    var inverse = [Int](repeating: 0, count: length)
    var counts: [Int] = []
    for (index, row) in rows.enumerated() {
      if let known = firsts.firstIndex(where: { rows[$0] == row }) {
        counts[known] += 1
        inverse[index] = known
      } else {
        inverse[index] = firsts.count
        firsts.append(index)
        counts.append(1)
      }
    }
    if try node.integer("sorted") ?? 1 != 0 {
      let order = firsts.indices.sorted { rows[firsts[$0]].lexicographicallyPrecedes(rows[firsts[$1]]) }
      let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
      inverse = inverse.map { rank[$0] ?? 0 }
      (firsts, counts) = (order.map { firsts[$0] }, order.map { counts[$0] })
    }
    let indices = [firsts, inverse, counts].map { list in
      builder.constant(Tensor([list.count], elements: list.map { Int64($0) }), of: node)
    }
    let source = builder.constant(data, of: node)
    return [try builder.apply(Gather(axis: axis ?? 0), source, indices[0], for: node)] + indices
  }
}

/// Greedy non-maximum suppression of boxes, class by class.
private struct OnnxSuppression {
  /// Whether a box is its centre and size, not two corners.
  var isCentred: Bool
  /// The most boxes of each class.
  var count: Int
  /// The largest intersection over union with a box that was chosen before.
  var overlap: Float
  /// What a score must be above.
  var score: Float?

  /// Returns image, class and box of those that are chosen.
  ///
  /// - Parameters:
  ///   - boxes: `[N, B, 4]`.
  ///   - scores: `[N, C, B]`.
  func chosen(_ boxes: Tensor, _ scores: Tensor, _ node: OnnxNode) throws -> [[Int]] {
    guard boxes.shape.rank == 3, boxes.shape[2] == 4, boxes.elementType == .float32,
      scores.shape.rank == 3, scores.elementType == .float32, scores.shape[0] == boxes.shape[0],
      scores.shape[2] == boxes.shape[1]
    else { throw node.failure("boxes \(boxes.shape) and scores \(scores.shape) do not fit each other") }
    let (numbers, points) = (boxes.elements(as: Float.self), scores.elements(as: Float.self))
    let boxCount = boxes.shape[1]
    let sides = (0..<boxes.shape[0] * boxCount).map { side(Array(numbers[$0 * 4..<$0 * 4 + 4])) }
    var result: [[Int]] = []
    for image in 0..<scores.shape[0] {
      for category in 0..<scores.shape[1] {
        let start = (image * scores.shape[1] + category) * boxCount
        let candidates = (0..<boxCount).filter { box in score.map { points[start + box] > $0 } ?? true }
          .sorted { (points[start + $0], $1) > (points[start + $1], $0) }
        var kept: [Int] = []
        for box in candidates where kept.count < count {
          let isFree = kept.allSatisfy {
            intersectionOverUnion(sides[image * boxCount + $0], sides[image * boxCount + box]) <= overlap
          }
          if isFree { kept.append(box) }
        }
        result += kept.map { [image, category, $0] }
      }
    }
    return result
  }

  /// Returns a box's lower and upper bounds along both axes.
  private func side(_ box: [Float]) -> [ClosedRange<Float>] {
    guard box.allSatisfy(\.isFinite) else { return [0...0, 0...0] }
    if isCentred {
      return [0, 1].map { axis in
        let half = abs(box[axis + 2]) / 2
        return (box[axis] - half)...(box[axis] + half)
      }
    }
    return [0, 1].map { min(box[$0], box[$0 + 2])...max(box[$0], box[$0 + 2]) }
  }

  private func intersectionOverUnion(_ left: [ClosedRange<Float>], _ right: [ClosedRange<Float>]) -> Float {
    func area(_ sides: [ClosedRange<Float>]) -> Float {
      sides.reduce(1) { $0 * ($1.upperBound - $1.lowerBound) }
    }
    let common = zip(left, right).reduce(Float(1)) { product, sides in
      product
        * max(
          min(sides.0.upperBound, sides.1.upperBound) - max(sides.0.lowerBound, sides.1.lowerBound), 0)
    }
    let union = area(left) + area(right) - common
    return common > 0 && union > 0 ? common / union : 0
  }
}
