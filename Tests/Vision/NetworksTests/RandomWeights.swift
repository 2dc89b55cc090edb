import Networks
import Tensors

/// Weights of any name and shape, the same at each run; small enough that deep networks stay finite, large enough
/// that every layer matters. `Fixtures/make_sinet.py` makes the same.
struct RandomWeights: WeightSource {
  func weight(named name: String, shape: Shape) -> Tensor {
    var state = name.utf8.reduce(1469 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let fanIn = max(shape.elementCount / max(shape.rank == 0 ? 1 : shape[0], 1), 1)
    let range = (3 / Float(fanIn)).squareRoot()
    // Scales, variances and slopes are near 1, biases and means near 0.
    let isScale = shape.rank == 1 && (name.hasSuffix("weight") || name.hasSuffix("running_var"))
    let (middle, reach): (Float, Float) = shape.rank > 1 ? (0, range) : isScale ? (0.75, 0.25) : (0, 0.1)
    let elements = (0..<shape.elementCount).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return middle + reach * (Float(state >> 40) / Float(1 << 23) - 1)
    }
    return Tensor(shape, elements: elements)
  }
}
