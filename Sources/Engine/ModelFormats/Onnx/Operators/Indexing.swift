import Graphs
import Tensors

extension OnnxOperators {
  static let indexing: [String: OnnxConverter] = [
    "GatherElements": { node, builder in
      let operation = GatherElements(axis: try node.integer("axis") ?? 0)
      return [try builder.apply(operation, node.operand(0), node.operand(1), for: node)]
    },
    "GatherND": { node, builder in
      let operation = GatherND(batchAxes: try node.integer("batch_dims") ?? 0)
      return [try builder.apply(operation, node.operand(0), node.operand(1), for: node)]
    },
    "Scatter": scatterElements, "ScatterElements": scatterElements,
    "ScatterND": { node, builder in
      let operation = ScatterND(reduction: try reduction(of: node))
      return [try builder.apply(operation, (0..<3).map { try node.operand($0) }, for: node)[0]]
    },
    "ArgMax": extreme(.maximum), "ArgMin": extreme(.minimum),
    "TopK": { node, builder in
      let count = node.operatorSet < 10 ? try node.integer("k") : try node.constantInteger(1, "k")
      guard let count else { throw node.failure("k is missing") }
      let operation = TopK(
        count: count, axis: try node.integer("axis") ?? -1,
        takesLargest: try node.integer("largest") ?? 1 != 0)
      return try builder.apply(operation, [node.operand(0)], for: node)
    },
    "OneHot": { node, builder in
      let depth = try node.constant(1, "depth")
      guard let number = try depth.map({ try Cast(to: .int64).evaluate([$0])[0].integers })??.first else {
        throw node.failure("depth is missing")
      }
      let operation = OneHot(axis: try node.integer("axis") ?? -1, depth: number)
      return [try builder.apply(operation, node.operand(0), node.operand(2), for: node)]
    },
    "Trilu": { node, builder in
      let operation = Triangle(
        isUpper: try node.integer("upper") ?? 1 != 0,
        diagonal: try node.constantInteger(1, "the diagonal") ?? 0)
      return [try builder.apply(operation, node.operand(0), for: node)]
    },
    "ReverseSequence": { node, builder in
      let operation = ReverseSequence(
        batchAxis: try node.integer("batch_axis") ?? 1, timeAxis: try node.integer("time_axis") ?? 0)
      return [try builder.apply(operation, node.operand(0), node.operand(1), for: node)]
    },
    "TensorScatter": tensorScatter,
  ]

  private static func scatterElements(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let operation = ScatterElements(axis: try node.integer("axis") ?? 0, reduction: try reduction(of: node))
    return [try builder.apply(operation, (0..<3).map { try node.operand($0) }, for: node)[0]]
  }

  private static func reduction(of node: OnnxNode) throws -> ScatterReduction {
    switch try node.text("reduction") ?? "none" {
    case "none": .replace
    case "add": .add
    case "mul": .multiply
    case "max": .maximum
    case "min": .minimum
    case let other: throw node.failure("the reduction \(other) is not known")
    }
  }

  private static func extreme(_ kind: ArgumentOfExtreme.Kind) -> OnnxConverter {
    { node, builder in
      let operation = ArgumentOfExtreme(
        kind, axis: try node.integer("axis") ?? 0, keepsDimensions: try node.integer("keepdims") ?? 1 != 0,
        selectsLast: try node.flag("select_last_index"))
      return [try builder.apply(operation, node.operand(0), for: node)]
    }
  }

  /// Writes an update into a cache from an index on that each batch has, round the end where it is circular.
  private static func tensorScatter(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let (cache, update) = (try node.operand(0), try node.operand(1))
    let axis = try node.axis(node.integer("axis") ?? -2, rank: cache.shape.rank)
    let batch = cache.shape[0]
    let starts = try node.constantIntegers(2, "the write indices") ?? [Int](repeating: 0, count: batch)
    let (length, count) = (cache.shape[axis], update.shape.rank == cache.shape.rank ? update.shape[axis] : 0)
    guard axis > 0, starts.count == batch, starts.allSatisfy({ (0..<max(length, 1)).contains($0) }) else {
      throw node.failure("write indices \(starts) do not fit \(cache.shape)")
    }
    let isCircular = try node.text("mode") == "circular"
    let shape = update.shape
    try builder.reserve(elements: shape.elementCount, for: node)
    let inner = shape.dimensions[(axis + 1)...].reduce(1, *)
    let indices = (0..<shape.elementCount).map { place in
      let start = starts[place / max(shape.elementCount / max(batch, 1), 1)]
      let index = start + place / inner % max(count, 1)
      return Int64(isCircular ? index % length : index)
    }
    let places = builder.constant(Tensor(shape, elements: indices), of: node)
    return [try builder.apply(ScatterElements(axis: axis), cache, places, update, for: node)]
  }
}
