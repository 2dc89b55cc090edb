import Tensors

/// Takes a regular part of its operand, as ONNX Slice and Python's `a[start:end:step]`.
///
/// Operand: any element type and shape. Negative starts and ends count from the axis's end; out of range they
/// are clamped. A negative step goes backwards; an end of `Int.min` then includes the first element.
public struct Slice: Operator, Hashable {
  public static let name = "Slice"

  /// The first index along each of `axes`.
  public var starts: [Int]
  /// The index behind the last along each of `axes`.
  public var ends: [Int]
  /// The axes that are cut; negative ones count from the last.
  public var axes: [Int]
  /// The distance of neighbouring indices along each of `axes`; not zero.
  public var steps: [Int]

  /// Makes a slice; with nil for `axes` the leading ones are cut, with nil for `steps` they are one.
  public init(starts: [Int], ends: [Int], axes: [Int]? = nil, steps: [Int]? = nil) {
    self.starts = starts
    self.ends = ends
    self.axes = axes ?? Array(starts.indices)
    self.steps = steps ?? [Int](repeating: 1, count: starts.count)
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    for (name, values) in [("ends", ends), ("axes", axes), ("steps", steps)]
    where values.count != starts.count {
      throw operands.attributeError(name, values, "\(starts.count) numbers, as many as starts")
    }
    guard !steps.contains(0) else { throw operands.attributeError("steps", steps, "none of zero") }
    _ = try operands.axes(axes, rank: type.shape.rank)
    return [ValueType(Shape(ranges(in: type.shape).map(\.count)), elementType: type.elementType)]
  }

  /// The indices taken along one axis.
  public struct AxisRange: Sendable, Hashable {
    /// The first index.
    public var start: Int
    /// The distance of neighbouring indices.
    public var step: Int
    /// How many indices are taken.
    public var count: Int
  }

  /// Returns the indices taken along every axis of an operand that fits `outputTypes`.
  public func ranges(in shape: Shape) -> [AxisRange] {
    var ranges = shape.dimensions.map { AxisRange(start: 0, step: 1, count: $0) }
    for (index, axis) in axes.enumerated() {
      let axis = axis < 0 ? axis + shape.rank : axis
      ranges[axis] = range(start: starts[index], end: ends[index], step: steps[index], size: shape[axis])
    }
    return ranges
  }

  private func range(start: Int, end: Int, step: Int, size: Int) -> AxisRange {
    // Backwards, one before the first index is a bound of its own.
    let bounds = step > 0 ? (lower: 0, upper: size) : (lower: -1, upper: size - 1)
    func clamped(_ index: Int) -> Int {
      let index = index < 0 ? index + size : index
      return min(max(index, bounds.lower), bounds.upper)
    }
    let (first, limit) = (clamped(start), clamped(end))
    let distance = step > 0 ? limit - first : first - limit
    guard distance > 0 else { return AxisRange(start: 0, step: 1, count: 0) }
    // By magnitude, because `Int.min` has no positive counterpart.
    let count = (UInt(distance) - 1) / step.magnitude + 1
    return AxisRange(start: first, step: count == 1 ? 1 : step, count: Int(count))
  }
}

extension Slice {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    let offsets = zip(ranges(in: value.shape), value.shape.strides).map { range, stride in
      (0..<range.count).map { (range.start + $0 * range.step) * stride }
    }
    return [value.gathered(rowMajorSums(offsets), shape: result)]
  }
}
