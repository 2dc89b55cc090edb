import Foundation
import InferenceEngine

/// A graph at another resolution of its images, or with other widths of its layers, to ask what it would cost.
///
/// Widths are rounded to multiples of eight, as MobileNets round them; weights of another shape than before are zeros, for times
/// do not depend on them. Outputs keep their channels.
public enum ScaledGraph {
  /// What cannot be scaled.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// A node's operator does not fit its scaled operands.
    case node(name: String, reason: String)
    /// No input is an image.
    case noImage

    public var description: String {
      switch self {
      case .node(let name, let reason): "\(name) does not fit at this size: \(reason)"
      case .noImage: "the model has no image input of four dimensions whose size could change"
      }
    }
  }

  /// Rebuilds a graph.
  ///
  /// - Parameters:
  ///   - resolution: The factor of heights and widths of image inputs.
  ///   - width: The factor of the channels of convolutions and hidden linear layers.
  /// - Throws: `Failure` when an operator has sizes of its own that do not follow.
  public static func scaled(_ graph: Graph, resolution: Double = 1, width: Double = 1) throws -> Graph {
    var scaling = Scaling(graph, resolution: resolution, width: width)
    return try scaling.run()
  }
}

/// The rebuilding of one graph, node by node.
private struct Scaling {
  let old: Graph
  let resolution, width: Double
  var new: Graph
  /// The new value of each old one.
  var values: [ValueID: ValueID] = [:]
  /// Nodes whose channels the outputs have: the last layers with weights on the way to each output.
  let last: Set<String>

  init(_ graph: Graph, resolution: Double, width: Double) {
    old = graph
    self.resolution = Self.usableResolution(resolution, graph)
    self.width = width
    new = Graph(name: graph.name)
    last = Self.lastLayers(of: graph)
  }

  mutating func run() throws -> Graph {
    guard resolution == 1 || old.inputs.contains(where: { old[$0].type.shape.rank == 4 }) else {
      throw ScaledGraph.Failure.noImage
    }
    for input in old.inputs {
      var type = old[input].type
      let sizes = type.shape.dimensions
      if sizes.count == 4, resolution != 1 {
        // The side with a few channels is that of the channels: images lie channels first or last.
        let places = sizes[3] <= 5 && sizes[1] > 5 ? [1, 2] : [2, 3]
        type.shape = Shape(sizes.enumerated().map { places.contains($0) ? scaledSide($1) : $1 })
      }
      values[input] = new.addInput(old[input].name, type)
    }
    for node in old.nodes { try add(node) }
    new.outputs = old.outputs.compactMap { values[$0] }
    return new
  }

  private func isConstant(_ node: Node, _ operand: Int) -> Bool {
    operand < node.inputs.count && node.inputs[operand].map { old[$0].constant != nil } ?? false
  }

  private func scaledSide(_ size: Int) -> Int { max(Int((Double(size) * resolution).rounded()), 1) }

  /// The factor next to the one asked for that keeps the longest side a multiple of 32, where it is one: networks halve
  /// their images five times.
  private static func usableResolution(_ resolution: Double, _ graph: Graph) -> Double {
    let sides = graph.inputs.map { graph[$0].type.shape }.filter { $0.rank == 4 }.flatMap {
      $0.dimensions.dropFirst()
    }
    guard resolution != 1, let longest = sides.max(), longest % 32 == 0 else { return resolution }
    return max((Double(longest) * resolution / 32).rounded(), 1) * 32 / Double(longest)
  }

  /// Multiples of eight, at least eight; small counts, and those of outputs, stay.
  private func scaledChannels(_ count: Int, of node: Node) -> Int {
    guard width != 1, count >= 8, !last.contains(node.name) else { return count }
    return max(Int((Double(count) * width / 8).rounded()) * 8, 8)
  }

  private mutating func add(_ node: Node) throws {
    var operation = node.operation
    var operands = node.inputs.map { $0.map { value in values[value] } ?? nil }
    var shapes: [Int: Shape] = [:]
    switch operation {
    case var convolution as Convolution:
      let weight = old[node.inputs[1]!].type.shape.dimensions
      let channels = new[operands[0]!].type.shape[1]
      let before = old[node.inputs[0]!].type.shape[1]
      let isDepthwise = convolution.groups == before && weight[1] == 1
      if isDepthwise { convolution.groups = channels }
      let groups = convolution.groups
      let outputs =
        isDepthwise ? channels * (weight[0] / before) : scaledChannels(weight[0], of: node) / groups * groups
      shapes[1] = Shape([outputs, channels / groups] + weight.dropFirst(2))
      if node.inputs.count > 2, node.inputs[2] != nil { shapes[2] = [outputs] }
      operation = convolution
    case let linear as Linear where isConstant(node, 1):
      let weight = old[node.inputs[1]!].type.shape.dimensions
      let depth = new[operands[0]!].type.shape.dimensions[
        linear.transposesLeft ? 0 : new[operands[0]!].type.shape.rank - 1]
      let before = linear.transposesRight ? weight[0] : weight[1]
      let outputs = scaledChannels(before, of: node)
      shapes[1] = linear.transposesRight ? [outputs, depth] : [depth, outputs]
      if node.inputs.count > 2, let bias = node.inputs[2] {
        shapes[2] = Shape(old[bias].type.shape.dimensions.map { $0 == before ? outputs : $0 })
      }
    case is MatrixProduct where isConstant(node, 1) && old[node.inputs[1]!].type.shape.rank == 2:
      let outputs = scaledChannels(old[node.inputs[1]!].type.shape[1], of: node)
      shapes[1] = [new[operands[0]!].type.shape.dimensions.last ?? 1, outputs]
    case is BatchNormalization:
      let channels = new[operands[0]!].type.shape[1]
      for index in 1..<node.inputs.count { shapes[index] = [channels] }
    case var resize as Resize:
      let (before, after) = (old[node.inputs[0]!].type.shape, new[operands[0]!].type.shape)
      resize.height = max(resize.height * after[2] / before[2], 1)
      resize.width = max(resize.width * after[3] / before[3], 1)
      operation = resize
    case let reshape as Reshape:
      operation = self.reshape(reshape, node, operands)
    default:
      shapes = perChannelConstants(node, operands)
    }
    for (index, value) in node.inputs.enumerated() {
      guard let value, values[value] == nil || shapes[index] != nil, let constant = old[value].constant else {
        continue
      }
      var tensor = constant
      if let shape = shapes[index], shape != constant.shape {
        tensor = Tensor(shape, elementType: constant.elementType)
      }
      let id = new.addConstant("\(old[value].name) of \(old[node.outputs[0]].name)", tensor)
      if shapes[index] == nil { values[value] = id }
      operands[index] = id
    }
    do {
      let outputs = try new.add(operation, operands, name: node.name)
      for (before, after) in zip(node.outputs, outputs) {
        values[before] = after
        new[after].name = old[before].name
      }
    } catch {
      throw ScaledGraph.Failure.node(name: node.name, reason: "\(error)")
    }
  }

  /// The shapes of constants that have one number for each channel of an operand whose channels changed.
  private func perChannelConstants(_ node: Node, _ operands: [ValueID?]) -> [Int: Shape] {
    var shapes: [Int: Shape] = [:]
    for (index, value) in node.inputs.enumerated() {
      guard let value, let constant = old[value].constant else { continue }
      for (other, operand) in zip(node.inputs, operands) {
        guard let other, let operand, other != value else { continue }
        let (before, after) = (old[other].type.shape.dimensions, new[operand].type.shape.dimensions)
        guard before != after, before.count == after.count, constant.shape.rank <= before.count else {
          continue
        }
        let skipped = before.count - constant.shape.rank
        let sizes = constant.shape.dimensions.enumerated().map { axis, size in
          size == before[axis + skipped] ? after[axis + skipped] : size
        }
        shapes[index] = Shape(sizes)
        break
      }
    }
    return shapes
  }

  /// A reshaping whose sizes follow those of its operand: a size that is a product of neighbouring sizes of the operand becomes the
  /// product of their new ones.
  private func reshape(_ reshape: Reshape, _ node: Node, _ operands: [ValueID?]) -> Reshape {
    guard let operand = operands[0] else { return reshape }
    let before = old[node.inputs[0]!].type.shape.dimensions
    let after = new[operand].type.shape.dimensions
    let wanted = old[node.outputs[0]].type.shape.dimensions
    guard before != after, before.count == after.count else { return reshape }
    var result: [Int] = []
    var axis = 0
    var index = 0
    while index < wanted.count {
      let size = wanted[index]
      if axis < before.count, size == before[axis] {
        result.append(after[axis])
        axis += 1
      } else if axis < before.count, let end = Self.run(of: size, in: before, from: axis) {
        result.append(after[axis..<end].reduce(1, *))
        axis = end
      } else if axis < before.count, size != 1, before[axis] % size == 0 {
        // One size becomes several, as heads of an attention: the first of them grows with it. Where that cannot be,
        // two sizes grow alike, as rows and columns of a map whose places were a single size.
        var (product, end) = (1, index)
        while end < wanted.count, product < before[axis] {
          product *= wanted[end]
          end += 1
        }
        guard product == before[axis],
          let sizes = Self.split(after[axis], like: Array(wanted[index..<end]), of: before[axis])
        else { return reshape }
        result += sizes
        axis += 1
        index = end - 1
      } else if size == 1 {
        result.append(1)
      } else {
        return reshape
      }
      index += 1
    }
    return Reshape(shape: result)
  }

  /// Sizes in the place of others whose product was `before`, so that theirs is `after`: of two both grow alike where that
  /// is possible, as the sides of an image do, else the first alone, as the heads of an attention.
  private static func split(_ after: Int, like sizes: [Int], of before: Int) -> [Int]? {
    if sizes.count == 2 {
      let factor = (Double(after) / Double(before)).squareRoot()
      let scaled = sizes.map { Int((Double($0) * factor).rounded()) }
      if scaled[0] * scaled[1] == after { return scaled }
    }
    let others = sizes.dropFirst().reduce(1, *)
    return after % others == 0 ? [after / others] + sizes.dropFirst() : nil
  }

  /// The end of the neighbouring sizes from `start` whose product is `size`.
  private static func run(of size: Int, in sizes: [Int], from start: Int) -> Int? {
    var product = 1
    for end in start..<sizes.count {
      product *= sizes[end]
      if product == size, end > start { return end + 1 }
    }
    return nil
  }

  private static func lastLayers(of graph: Graph) -> Set<String> {
    let writers = Dictionary(
      graph.nodes.flatMap { node in node.outputs.map { ($0, node) } }, uniquingKeysWith: { $1 })
    var names: Set<String> = []
    var waiting = graph.outputs
    var seen: Set<ValueID> = []
    func isWeighted(_ node: Node) -> Bool {
      node.operation is MatrixProduct
        && node.inputs.contains { $0.map { graph[$0].constant != nil } ?? false }
    }
    while let value = waiting.popLast() {
      guard seen.insert(value).inserted, let node = writers[value] else { continue }
      if node.operation is Convolution || node.operation is Linear || isWeighted(node) {
        let isDepthwise = (node.operation as? Convolution).map { $0.groups > 1 } ?? false
        names.insert(node.name)
        if !isDepthwise { continue }
      }
      waiting += node.inputs.compactMap { $0 }
    }
    return names
  }
}
