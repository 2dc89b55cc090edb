import Graphs
import Tensors

extension OnnxOperators {
  static let reshaping: [String: OnnxConverter] = [
    "Reshape": reshape, "Flatten": flatten, "Squeeze": squeeze, "Unsqueeze": unsqueeze,
    "Transpose": { node, builder in
      let operand = try node.operand(0)
      let permutation = try node.integers("perm") ?? (0..<operand.shape.rank).reversed()
      return [try builder.apply(Transpose(permutation: permutation), operand, for: node)]
    },
    "Identity": { node, _ in [try node.operand(0)] },
    "Dropout": { node, builder in
      guard try node.constantIntegers(2, "training_mode") ?? [0] == [0] else {
        throw node.failure("training is not supported")
      }
      // Nothing is dropped at inference: the mask is true everywhere, and was a number before operator set 10.
      let value = try node.operand(0)
      guard node.outputCount > 1 else { return [value] }
      try builder.reserve(elements: value.shape.elementCount, for: node)
      let kept =
        node.operatorSet < 10
        ? Tensor(value.shape, repeating: Float(1)) : Tensor(value.shape, repeating: true)
      return [value, builder.constant(kept, of: node)]
    },
    "DepthToSpace": depthToSpace, "SpaceToDepth": spaceToDepth,
  ]

  private static func reshape(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    guard var shape = try node.constantIntegers(1, "shape") else { throw node.failure("shape is missing") }
    if try node.integer("allowzero") ?? 0 == 0 {
      for axis in shape.indices where shape[axis] == 0 {
        guard axis < operand.shape.rank else {
          throw node.failure("the shape \(shape) copies a dimension that \(operand.shape) does not have")
        }
        shape[axis] = operand.shape[axis]
      }
    }
    return [try builder.apply(Reshape(shape: shape), operand, for: node)]
  }

  private static func flatten(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    let rank = operand.shape.rank
    let given = try node.integer("axis") ?? 1
    // Unlike other axes, this one may stand behind the last.
    let axis = given == rank ? rank : try node.axis(given, rank: rank)
    let shape = [
      operand.shape.dimensions[..<axis].reduce(1, *), operand.shape.dimensions[axis...].reduce(1, *),
    ]
    return [try builder.apply(Reshape(shape: shape), operand, for: node)]
  }

  private static func squeeze(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    let dimensions = operand.shape.dimensions
    let axes: [Int]
    if let given = try node.integers("axes", orOperand: 1, since: 13) {
      axes = try given.map { try node.axis($0, rank: dimensions.count) }
      guard axes.allSatisfy({ dimensions[$0] == 1 }) else {
        throw node.failure("axes \(given) of shape \(operand.shape) are not all one")
      }
    } else {
      axes = dimensions.indices.filter { dimensions[$0] == 1 }
    }
    let shape = dimensions.indices.filter { !axes.contains($0) }.map { dimensions[$0] }
    return [try builder.apply(Reshape(shape: shape), operand, for: node)]
  }

  private static func unsqueeze(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    guard let given = try node.integers("axes", orOperand: 1, since: 13) else {
      throw node.failure("axes are missing")
    }
    let rank = operand.shape.rank + given.count
    let axes = Set(try given.map { try node.axis($0, rank: rank) })
    guard axes.count == given.count else { throw node.failure("axes \(given) name one axis twice") }
    var dimensions = operand.shape.dimensions
    for axis in axes.sorted() { dimensions.insert(1, at: axis) }
    return [try builder.apply(Reshape(shape: dimensions), operand, for: node)]
  }

  /// Rearranges blocks of channels into pixels; `CRD` has the channel before the block in the order of channels.
  private static func depthToSpace(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let image = try node.image()
    let block = try blockSize(of: node)
    let (batch, channels, height, width) = (image.shape[0], image.shape[1], image.shape[2], image.shape[3])
    guard channels % (block * block) == 0 else {
      throw node.failure("\(channels) channels do not divide into blocks of \(block)x\(block)")
    }
    let rest = channels / (block * block)
    let isChannelFirst = try node.text("mode") ?? "DCR" == "CRD"
    let split =
      isChannelFirst
      ? [batch, rest, block, block, height, width] : [batch, block, block, rest, height, width]
    let permutation = isChannelFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
    let parts = try builder.apply(Reshape(shape: split), image, for: node)
    let ordered = try builder.apply(Transpose(permutation: permutation), parts, for: node)
    let shape = [batch, rest, height * block, width * block]
    return [try builder.apply(Reshape(shape: shape), ordered, for: node)]
  }

  private static func spaceToDepth(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let image = try node.image()
    let block = try blockSize(of: node)
    let (batch, channels, height, width) = (image.shape[0], image.shape[1], image.shape[2], image.shape[3])
    guard height % block == 0, width % block == 0 else {
      throw node.failure("\(height)x\(width) pixels do not divide into blocks of \(block)x\(block)")
    }
    let split = [batch, channels, height / block, block, width / block, block]
    let parts = try builder.apply(Reshape(shape: split), image, for: node)
    let ordered = try builder.apply(Transpose(permutation: [0, 3, 5, 1, 2, 4]), parts, for: node)
    let shape = [batch, channels * block * block, height / block, width / block]
    return [try builder.apply(Reshape(shape: shape), ordered, for: node)]
  }

  private static func blockSize(of node: OnnxNode) throws -> Int {
    guard let size = try node.integer("blocksize"), (1...1024).contains(size) else {
      throw node.failure("blocksize is missing or not from 1 to 1024")
    }
    return size
  }
}
