import Tensors

/// Stand-ins for weights that nobody published: enough to measure how long a network takes, not to use it.
///
/// The same numbers at each run, scaled so that values neither vanish nor overflow on their way through the layers.
public struct UntrainedWeights: WeightSource {
  /// Makes a source of stand-ins.
  public init() {}

  public func weight(named name: String, shape: Shape) -> Tensor {
    // Variances and scales of one and biases of zero leave what a layer is given as large as it was.
    if shape.rank <= 1 {
      let isScale = name.hasSuffix("weight") || name.hasSuffix("running_var")
      return Tensor(shape, repeating: isScale ? Float(1) : 0)
    }
    // FNV-1a of the name seeds a linear congruential generator (Knuth's constants).
    var state = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let fanIn = max(shape.elementCount / max(shape[0], 1), 1)
    let reach = (6 / Float(fanIn)).squareRoot()
    let elements = (0..<shape.elementCount).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return reach * (Float(state >> 40) / Float(1 << 23) - 1)
    }
    return Tensor(shape, elements: elements)
  }
}
