import Graphs
import Tensors

extension OnnxOperators {
  static let slicing: [String: OnnxConverter] = [
    "Slice": slice, "Gather": gather, "CenterCropPad": centerCropPad,
  ]

  /// The most slices that a gather becomes; views of slices cost nothing, many are slower than a gather.
  private static let gatherLimit = 16

  /// All parameters were attributes before operator set 10.
  private static func slice(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    guard let starts = try node.integers("starts", orOperand: 1, since: 10),
      let ends = try node.integers("ends", orOperand: 2, since: 10)
    else { throw node.failure("starts or ends are missing") }
    let axes = try node.integers("axes", orOperand: 3, since: 10)
    let steps = node.operatorSet < 10 ? nil : try node.constantIntegers(4, "steps")
    let operation = Slice(starts: starts, ends: ends, axes: axes, steps: steps)
    return [try builder.apply(operation, node.operand(0), for: node)]
  }

  /// Takes the elements at indices: where they are known and evenly spaced, one slice for each run of them.
  private static func gather(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let data = try node.operand(0)
    let axis = try node.axis(node.integer("axis") ?? 0, rank: data.shape.rank)
    let size = data.shape[axis]
    let indexOperand = try node.operand(1)
    guard let indexTensor = indexOperand.constant else {
      return [try builder.apply(Gather(axis: axis), data, indexOperand, for: node)]
    }
    guard let given = indexTensor.integers else { throw node.failure("the indices are no integers") }
    let indices = given.map { $0 < 0 ? $0 + size : $0 }
    guard indices.allSatisfy({ (0..<size).contains($0) }) else {
      throw node.failure("an index is outside of the \(size) along axis \(axis)")
    }
    let dimensions = data.shape.dimensions
    let shape = Array(dimensions[..<axis]) + indexTensor.shape.dimensions + Array(dimensions[(axis + 1)...])

    let slices = runs(of: indices).map { run in
      // Going down to the first element, the end that includes it is below every index.
      let end = run.first + run.step * run.count
      return Slice(
        starts: [run.first], ends: [end < 0 ? .min : end], axes: [axis], steps: [run.step])
    }
    guard slices.count <= gatherLimit else {
      return [try builder.apply(Gather(axis: axis), data, indexOperand, for: node)]
    }
    var parts: [OnnxOperand] = []
    for slice in slices { parts.append(try builder.apply(slice, data, for: node)) }
    if parts.isEmpty {
      parts = [try builder.apply(Slice(starts: [0], ends: [0], axes: [axis]), data, for: node)]
    }
    let joined =
      parts.count == 1 ? parts[0] : try builder.apply(Concatenation(axis: axis), parts, for: node)[0]
    return [try builder.apply(Reshape(shape: shape), joined, for: node)]
  }

  /// Cuts or pads axes to a size on both sides alike; an odd element goes to, or comes from, the end.
  private static func centerCropPad(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let value = try node.operand(0)
    let rank = value.shape.rank
    let axes = try (node.integers("axes") ?? Array(0..<rank)).map { try node.axis($0, rank: rank) }
    guard let sizes = try node.constantIntegers(1, "the shape"), sizes.count == axes.count,
      sizes.allSatisfy({ (0...(1 << 40)).contains($0) })
    else { throw node.failure("the shape is missing or not one number for each axis") }
    var before = [Int](repeating: 0, count: rank)
    var after = before
    for (axis, size) in zip(axes, sizes) {
      let difference = size - value.shape[axis]
      before[axis] = difference / 2
      after[axis] = difference - before[axis]
    }
    return [try builder.apply(Pad(before: before, after: after), value, for: node)]
  }

  /// Cuts `indices` into runs of constant distance.
  private static func runs(of indices: [Int]) -> [(first: Int, step: Int, count: Int)] {
    var runs: [(first: Int, step: Int, count: Int)] = []
    for index in indices {
      if let run = runs.last, run.count == 1, index != run.first {
        runs[runs.count - 1] = (run.first, index - run.first, 2)
      } else if let run = runs.last, run.count > 1, index == run.first + run.step * run.count {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((index, 1, 1))
      }
    }
    return runs
  }
}
