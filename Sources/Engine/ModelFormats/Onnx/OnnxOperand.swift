import Graphs
import Tensors

/// What a node of an ONNX file reads or writes, while the graph is being built.
enum OnnxOperand {
  /// Elements known while importing, and a number that stands for this very constant.
  case constant(Tensor, identifier: Int)
  /// A value of the graph that each run computes.
  case value(ValueID, ValueType)

  /// The element type and shape.
  var type: ValueType {
    switch self {
    case .constant(let tensor, _): ValueType(tensor.shape, elementType: tensor.elementType)
    case .value(_, let type): type
    }
  }

  /// The dimensions, outermost first.
  var shape: Shape { type.shape }

  /// The elements, if they are known.
  var constant: Tensor? {
    switch self {
    case .constant(let tensor, _): tensor
    case .value: nil
    }
  }
}
