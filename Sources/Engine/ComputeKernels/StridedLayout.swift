/// A loop nest over several buffers: dimensions, outermost first, and each buffer's strides along them.
struct StridedLayout {
  private(set) var dimensions: [Int]
  /// One list per buffer.
  private(set) var strides: [[Int]]

  init(dimensions: [Int], strides: [[Int]]) {
    precondition(
      strides.allSatisfy { $0.count == dimensions.count }, "Strides \(strides) do not fit \(dimensions)")
    self.dimensions = dimensions
    self.strides = strides
  }

  /// Removes dimensions of extent 1 and joins neighbours that every buffer walks in one stride.
  mutating func merge() {
    let kept = dimensions.indices.filter { dimensions[$0] != 1 }
    dimensions = kept.map { dimensions[$0] }
    strides = strides.map { list in kept.map { list[$0] } }
    var index = dimensions.count - 2
    while index >= 0 {
      let inner = index + 1
      if strides.allSatisfy({ $0[index] == $0[inner] * dimensions[inner] }) {
        dimensions[inner] *= dimensions[index]
        dimensions.remove(at: index)
        for buffer in strides.indices { strides[buffer].remove(at: index) }
      }
      index -= 1
    }
  }

  /// Adds an innermost dimension of extent 1 and stride 1.
  mutating func appendUnit() {
    dimensions.append(1)
    for buffer in strides.indices { strides[buffer].append(1) }
  }

  /// Adds an outermost dimension of extent 1.
  mutating func prependUnit() {
    dimensions.insert(1, at: 0)
    for buffer in strides.indices { strides[buffer].insert(0, at: 0) }
  }

  /// Cuts the innermost dimension in equal parts, at least `length` long, when it is the only one.
  mutating func splitLongRow(of length: Int) {
    guard dimensions.count == 1, let count = dimensions.first, count >= 2 * length else { return }
    var parts = min(count / length, 64)
    while count % parts != 0 { parts -= 1 }
    dimensions = [parts, count / parts]
    strides = strides.map { [$0[0] * (count / parts), $0[0]] }
  }
}
