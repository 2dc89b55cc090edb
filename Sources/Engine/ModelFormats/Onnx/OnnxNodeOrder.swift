/// Puts the nodes of a network in an order in which each is written before it is read.
///
/// The format demands such an order, but converters leave casts and quantisers at the end of the list, and other
/// engines sort. Nodes that are in order already keep their places. A node in a cycle, or one that reads what nothing
/// writes, stays where it is, so that whoever reads the nodes one by one finds the value missing.
enum OnnxNodeOrder {
  /// Returns the nodes in order.
  static func sorted(_ nodes: [Onnx_NodeProto]) -> [Onnx_NodeProto] {
    var writers: [String: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for name in node.output where !name.isEmpty && writers[name] == nil { writers[name] = index }
    }
    // For each node, those that write what it reads; itself, if it does, is a cycle.
    let sources = nodes.map { node in Set(names(readBy: node).compactMap { writers[$0] }) }
    let isInOrder = sources.enumerated().allSatisfy { index, sources in sources.allSatisfy { $0 < index } }
    if isInOrder { return nodes }

    var waiting = sources.map(\.count)
    var readers = [[Int]](repeating: [], count: nodes.count)
    for (index, sources) in sources.enumerated() {
      for source in sources { readers[source].append(index) }
    }
    var order: [Int] = []
    var isPlaced = [Bool](repeating: false, count: nodes.count)
    for start in nodes.indices {
      var ready = waiting[start] == 0 && !isPlaced[start] ? [start] : []
      while let index = ready.popLast() {
        order.append(index)
        isPlaced[index] = true
        for reader in readers[index] {
          waiting[reader] -= 1
          // Later ones are met on the way.
          if waiting[reader] == 0, reader < start { ready.append(reader) }
        }
      }
    }
    order += nodes.indices.filter { !isPlaced[$0] }
    return order.map { nodes[$0] }
  }

  /// The names that a node reads, those in its branches included.
  private static func names(readBy node: Onnx_NodeProto) -> [String] {
    node.input
      + node.attribute.flatMap { attribute -> [String] in
        guard attribute.hasG else { return [] }
        return attribute.g.node.flatMap(names) + attribute.g.output.map(\.name)
      }
  }
}
