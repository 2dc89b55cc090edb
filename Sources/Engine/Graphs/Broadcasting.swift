import Tensors

/// The broadcasting rule of numpy and ONNX: shapes are aligned at their last axes, and a dimension of one
/// repeats.
enum Broadcasting {
  /// Returns the dimensions that both shapes broadcast to, or nil when they do not.
  static func dimensions(_ left: [Int], _ right: [Int]) -> [Int]? {
    let rank = max(left.count, right.count)
    var result: [Int] = []
    for axis in 0..<rank {
      let a = dimension(left, axis: axis, rank: rank)
      let b = dimension(right, axis: axis, rank: rank)
      guard a == b || a == 1 || b == 1 else { return nil }
      result.append(a == 1 ? b : a)
    }
    return result
  }

  /// Whether `shape` repeats to `target` without changing it.
  static func isBroadcastable(_ shape: Shape, to target: Shape) -> Bool {
    dimensions(shape.dimensions, target.dimensions) == target.dimensions
  }

  /// Returns, for each element of `target` in row-major order, the element of `shape` that repeats there.
  static func sources(of shape: Shape, in target: Shape) -> [Int] {
    let strides = shape.strides
    return rowMajorSums(
      target.dimensions.enumerated().map { axis, dimension in
        let own = axis - (target.rank - shape.rank)
        let isRepeated = own < 0 || shape[own] == 1
        return (0..<dimension).map { isRepeated ? 0 : $0 * strides[own] }
      })
  }

  private static func dimension(_ dimensions: [Int], axis: Int, rank: Int) -> Int {
    let own = axis - (rank - dimensions.count)
    return own < 0 ? 1 : dimensions[own]
  }
}
