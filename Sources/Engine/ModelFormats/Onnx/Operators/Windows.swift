import Foundation
import Graphs
import Tensors

/// Window functions of signals, known while importing.
extension OnnxOperators {
  static let windows: [String: OnnxConverter] = [
    "HannWindow": window([0.5, -0.5]),
    "HammingWindow": window([25.0 / 46, -21.0 / 46]),
    "BlackmanWindow": window([0.42, -0.5, 0.08]),
  ]

  /// Returns the converter of a sum of cosines: coefficient k times cos(2 pi k n / N).
  private static func window(_ coefficients: [Double]) -> OnnxConverter {
    { node, builder in
      guard let size = try node.constantInteger(0, "the size"), size >= 0 else {
        throw node.failure("the size is missing or negative")
      }
      try builder.reserve(elements: size, for: node)
      let period = Double(try node.integer("periodic") ?? 1 != 0 ? size : size - 1)
      let values = (0..<size).map { index in
        Float(
          coefficients.enumerated().reduce(0) {
            $0 + $1.element * cos(2 * .pi * Double($1.offset) * Double(index) / period)
          })
      }
      return [builder.constant(Tensor([size], elements: values), of: node)]
    }
  }
}
