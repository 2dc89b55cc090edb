import Networks
import Tensors

/// Weights of any name and shape, the same at each run; small enough that deep networks stay finite.
struct RandomWeights: WeightSource {
  func weight(named name: String, shape: Shape) -> Tensor {
    var state = name.utf8.reduce(1469 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let fanIn = max(shape.elementCount / max(shape.rank == 0 ? 1 : shape[0], 1), 1)
    let range = (3 / Float(fanIn)).squareRoot()
    let elements = (0..<shape.elementCount).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Float(state >> 40) / Float(1 << 24) * 2 - 1) * (shape.rank == 1 ? 0.1 : range)
    }
    // The elements were made for this shape.
    return Tensor(shape, elements: elements)
  }
}
