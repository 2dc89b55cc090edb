import Graphs
import Tensors

/// Finds the shapes of a model's inputs: from the file, from what the caller gives, and from a batch of one.
struct OnnxInputShapes {
  private let given: [String: Shape]
  /// The sizes that the given shapes fix for dimensions that the file names, `batch` for instance.
  private var sizes: [String: Int] = [:]

  /// Checks the given shapes against the inputs.
  ///
  /// - Throws: `ModelFormatError.inputShape` for a shape that does not fit what the file says.
  init(inputs: [Onnx_ValueInfoProto], given: [String: Shape]) throws(ModelFormatError) {
    self.given = given
    for name in given.keys.sorted() where !inputs.contains(where: { $0.name == name }) {
      let known = inputs.map(\.name).joined(separator: ", ")
      throw .inputShape(name: name, reason: "there is no such input; the inputs are \(known)")
    }
    for input in inputs {
      guard let shape = given[input.name], input.type.tensorType.hasShape else { continue }
      let dimensions = input.type.tensorType.shape.dim
      guard dimensions.count == shape.rank else {
        throw .inputShape(
          name: input.name, reason: "\(shape) does not have \(dimensions.count) dimensions as in the model")
      }
      for (dimension, size) in zip(dimensions, shape.dimensions) {
        switch dimension.value {
        case .dimValue(let fixed) where fixed > 0 && fixed != size:
          throw .inputShape(name: input.name, reason: "\(size) where the model has \(fixed)")
        case .dimParam(let parameter) where !parameter.isEmpty:
          let known = sizes.updateValue(size, forKey: parameter) ?? size
          guard known == size else {
            throw .inputShape(
              name: input.name, reason: "the dimension \(parameter) would be \(known) and \(size)")
          }
        default: break
        }
      }
    }
  }

  /// Returns the type of an input.
  ///
  /// - Throws: `ModelFormatError.dynamicInput` when a dimension other than the first is open and not given.
  func type(of input: Onnx_ValueInfoProto) throws(ModelFormatError) -> ValueType {
    guard case .tensorType(let tensorType)? = input.type.value else {
      throw .tensor(name: input.name, reason: "the input is not a tensor")
    }
    guard let type = StoredType(onnx: tensorType.elemType) else {
      throw .tensor(name: input.name, reason: "inputs of ONNX type \(tensorType.elemType) are not supported")
    }
    if let shape = given[input.name] { return ValueType(shape, elementType: type.computedType) }
    guard tensorType.hasShape else { throw .dynamicInput(name: input.name, dimensions: ["?"]) }

    let dimensions = tensorType.shape.dim
    let sizes = dimensions.enumerated().map { axis, dimension -> Int? in
      switch dimension.value {
      case .dimValue(let fixed) where fixed > 0: Int(fixed)
      case .dimParam(let parameter) where !parameter.isEmpty:
        self.sizes[parameter] ?? (axis == 0 ? 1 : nil)
      default: axis == 0 ? 1 : nil
      }
    }
    let known = sizes.compactMap { $0 }
    guard known.count == sizes.count else {
      throw .dynamicInput(
        name: input.name,
        dimensions: zip(sizes, dimensions).map { size, dimension in
          size.map(String.init) ?? (dimension.dimParam.isEmpty ? "?" : dimension.dimParam)
        })
    }
    do {
      return ValueType(try Shape(validating: known), elementType: type.computedType)
    } catch {
      throw .tensor(name: input.name, reason: "\(error)")
    }
  }
}
