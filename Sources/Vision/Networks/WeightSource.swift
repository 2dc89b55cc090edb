import ModelFormats
import Tensors

/// Where a network's weights come from.
public protocol WeightSource: Sendable {
  /// Returns the float32 tensor of a name.
  ///
  /// - Parameter shape: The shape that the network needs; the caller checks what it gets.
  /// - Throws: When there is no such tensor.
  func weight(named name: String, shape: Shape) throws -> Tensor
}

extension Safetensors: WeightSource {
  public func weight(named name: String, shape: Shape) throws -> Tensor { try float32Tensor(named: name) }
}
