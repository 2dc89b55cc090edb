import Tensors

/// Writes elements at indices along one axis, as ONNX ScatterElements and PyTorch `scatter`.
///
/// Operands: data of any element type; indices, int32 or int64 of data's rank; updates of the indices' shape and data's
/// element type. Result: data with the updates written.
public struct ScatterElements: Operator, Hashable {
  public static let name = "ScatterElements"

  /// The axis that the indices count along; negative ones count from the last.
  public var axis: Int
  /// What becomes of the element that was there.
  public var reduction: ScatterReduction

  /// Makes an operator.
  public init(axis: Int = 0, reduction: ScatterReduction = .replace) {
    self.axis = axis
    self.reduction = reduction
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 3...3)
    let data = try operands.type(0, "the data")
    _ = try GatherElements(axis: axis).outputTypes(for: Array(inputs[..<2]))
    try operands.require(2, "the updates", holds: data.elementType, as: "the data")
    let (indices, updates) = (
      try operands.indices(1, "the indices"), try operands.type(2, "the updates").shape
    )
    guard updates == indices else { throw operands.shapeError("the updates", updates, "\(indices)") }
    return [data]
  }
}

extension ScatterElements {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    _ = try resultTypes(inputs)
    let data = inputs[0]!
    let places = try inputs[1]!.elementPlaces(along: axis, in: data.shape, of: name)
    return [data.scattering(inputs[2]!, at: places, reduction)]
  }
}

/// What a scattered update makes of the element that it meets.
public enum ScatterReduction: String, Sendable, Hashable, CaseIterable {
  case replace, add, multiply, maximum, minimum

  /// Returns what stands there after an update.
  fileprivate func callAsFunction(_ old: Int64, _ update: Int64) -> Int64 {
    switch self {
    case .replace: update
    case .add: old &+ update
    case .multiply: old &* update
    case .maximum: max(old, update)
    case .minimum: min(old, update)
    }
  }

  /// Returns what stands there after an update.
  fileprivate func callAsFunction(_ old: Float, _ update: Float) -> Float {
    switch self {
    case .replace: update
    case .add: old + update
    case .multiply: old * update
    case .maximum: max(old, update)
    case .minimum: min(old, update)
    }
  }
}

extension Tensor {
  /// Returns this tensor with the elements of `updates` written at `places`, in order.
  func scattering(_ updates: Tensor, at places: [Int], _ reduction: ScatterReduction) -> Tensor {
    if var elements = wideIntegers, let updates = updates.wideIntegers {
      for (place, update) in zip(places, updates) { elements[place] = reduction(elements[place], update) }
      return Tensor(shape, wrapping: elements, to: elementType)
    }
    var elements = doubles.map { Float($0) }
    for (place, update) in zip(places, updates.doubles) {
      elements[place] = reduction(elements[place], Float(update))
    }
    return elementType == .float32
      ? Tensor(shape, elements: elements) : Tensor(shape, elements: elements.map { Float16($0) })
  }
}
