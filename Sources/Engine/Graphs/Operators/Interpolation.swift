import Tensors

/// Samples a value at another size along any of its axes, as ONNX Resize in all its modes; images resized in the plane
/// by the usual modes have `Resize`, which is fast.
///
/// Operand: float32. Result: the operand's shape with `axes`' sizes.
public struct Interpolation: Operator, Hashable {
  public static let name = "Interpolation"

  /// What a sample is made of.
  public enum Mode: Sendable, Hashable {
    /// The nearest element.
    case nearest(Resize.NearestRounding)
    /// The two around it.
    case linear
    /// The four around it, by Keys' kernel (1981) with the given coefficient.
    case cubic(Float)
  }

  /// Where on the operand an element of the result samples.
  public enum Coordinates: String, Sendable, Hashable, CaseIterable {
    case halfPixel, halfPixelSymmetric, pytorchHalfPixel, alignCorners, asymmetric, cropAndResize
  }

  /// How one axis is resized.
  public struct Axis: Sendable, Hashable {
    /// The axis.
    public var axis: Int
    /// The result's size over the operand's, which rounding may make differ from the sizes' ratio.
    public var scale: Double
    /// The result's size.
    public var size: Int
    /// The part of the operand that is resized, from 0 to 1, for `cropAndResize`.
    public var region: ClosedInterval

    /// Makes the resizing of an axis.
    public init(
      axis: Int, scale: Double, size: Int, region: ClosedInterval = ClosedInterval(start: 0, end: 1)
    ) {
      self.axis = axis
      self.scale = scale
      self.size = size
      self.region = region
    }
  }

  /// A part of an axis; it may run backwards.
  public struct ClosedInterval: Sendable, Hashable {
    /// Where it starts.
    public var start: Double
    /// Where it ends.
    public var end: Double

    /// Makes a part.
    public init(start: Double, end: Double) {
      self.start = start
      self.end = end
    }
  }

  /// What a sample is made of.
  public var mode: Mode
  /// Where on the operand an element of the result samples.
  public var coordinates: Coordinates
  /// The axes that are resized.
  public var axes: [Axis]
  /// Whether a smaller result samples a wider part of the operand, so that nothing is skipped.
  public var antialiases: Bool
  /// Whether elements outside have no weight, instead of repeating those at the border.
  public var excludesOutside: Bool
  /// What `cropAndResize` gives outside of the operand.
  public var extrapolation: Float

  /// Makes an operator.
  public init(
    mode: Mode, coordinates: Coordinates, axes: [Axis], antialiases: Bool = false,
    excludesOutside: Bool = false,
    extrapolation: Float = 0
  ) {
    self.mode = mode
    self.coordinates = coordinates
    self.axes = axes
    self.antialiases = antialiases
    self.excludesOutside = excludesOutside
    self.extrapolation = extrapolation
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let shape = try operands.floats(0, "the value")
    _ = try operands.axes(axes.map(\.axis), rank: shape.rank)
    var dimensions = shape.dimensions
    for axis in axes {
      guard (0...OperandTypes.attributeLimit).contains(axis.size), axis.scale > 0, axis.scale.isFinite,
        axis.scale > 1e-6, axis.region.start.magnitude < 1e6, axis.region.end.magnitude < 1e6
      else { throw operands.attributeError("axes", axes, "sizes and scales that are possible") }
      guard shape[axis.axis] > 0 else {
        throw operands.shapeError("the value", shape, "at least one element")
      }
      dimensions[axis.axis < 0 ? axis.axis + shape.rank : axis.axis] = axis.size
    }
    return [try operands.result(dimensions)]
  }
}

extension Interpolation {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    _ = try resultTypes(inputs)
    var (shape, values) = (inputs[0]!.shape, inputs[0]!.doubles)
    var isOutside: [Bool]? = coordinates == .cropAndResize ? values.map { _ in false } : nil
    for axis in axes {
      let (outer, length, inner) = shape.parts(around: axis.axis)
      let samples = (0..<axis.size).map { sample(at: $0, axis, length: length) }
      var next: [Double] = []
      var nextOutside: [Bool] = []
      for block in 0..<outer {
        for sample in samples {
          for lane in 0..<inner {
            let start = block * length * inner + lane
            next.append(sample?.reduce(0) { $0 + $1.weight * values[start + $1.index * inner] } ?? 0)
            if let isOutside {
              nextOutside.append(sample?.contains { isOutside[start + $0.index * inner] } ?? true)
            }
          }
        }
      }
      values = next
      if isOutside != nil { isOutside = nextOutside }
      var dimensions = shape.dimensions
      dimensions[axis.axis < 0 ? axis.axis + shape.rank : axis.axis] = axis.size
      shape = Shape(dimensions)
    }
    if let isOutside {
      for place in values.indices where isOutside[place] { values[place] = Double(extrapolation) }
    }
    return [Tensor(shape, elements: values.map { Float($0) })]
  }

  /// An element of the operand and its share of a sample.
  private struct Tap {
    var index: Int
    var weight: Double
  }

  /// Returns what the result's element `position` is made of; nil for a sample that is extrapolated.
  private func sample(at position: Int, _ axis: Axis, length: Int) -> [Tap]? {
    let x = coordinate(Double(position), axis, length: Double(length))
    if coordinates == .cropAndResize, !(0...Double(length - 1)).contains(x) { return nil }
    // An element exactly below counts as the right one of two, as in ONNX's reference.
    let first = Int(x.rounded(.up)) - 1
    let ratio = x - Double(first)
    var weights = weights(ratio: ratio, scale: antialiases ? min(axis.scale, 1) : 1)
    let start = first - weights.count / 2 + 1
    if excludesOutside {
      for tap in weights.indices where !(0..<length).contains(start + tap) { weights[tap] = 0 }
      let sum = weights.reduce(0, +)
      weights = weights.map { $0 / sum }
    }
    return weights.enumerated().map { tap, weight in
      Tap(index: min(max(start + tap, 0), length - 1), weight: weight)
    }
  }

  private func coordinate(_ x: Double, _ axis: Axis, length: Double) -> Double {
    let resized = axis.scale * length
    switch coordinates {
    case .alignCorners: return resized == 1 ? 0 : x * (length - 1) / (resized - 1)
    case .asymmetric: return x / axis.scale
    case .pytorchHalfPixel where resized == 1: return -0.5
    case .halfPixel, .pytorchHalfPixel: return (x + 0.5) / axis.scale - 0.5
    case .halfPixelSymmetric:
      return length / 2 * (1 - Double(axis.size) / resized) + (x + 0.5) / axis.scale - 0.5
    case .cropAndResize:
      let extent = (axis.region.end - axis.region.start) * (length - 1)
      return axis.region.start * (length - 1) + (resized == 1 ? extent / 2 : x * extent / (resized - 1))
    }
  }

  /// Returns the weights of an even number of taps, `ratio` from the left one of the middle two.
  private func weights(ratio: Double, scale: Double) -> [Double] {
    switch mode {
    case .nearest(let rounding):
      let takesRight =
        switch rounding {
        case .roundPreferFloor: ratio > 0.5
        case .roundPreferCeiling: ratio >= 0.5
        case .floor: ratio == 1
        case .ceiling: true
        }
      return takesRight ? [0, 1] : [1, 0]
    case .linear: return weights(reach: 1, ratio, scale) { max(1 - abs($0), 0) }
    case .cubic(let coefficient):
      return weights(reach: 2, ratio, scale) { Self.cubic($0, Double(coefficient)) }
    }
  }

  private func weights(reach: Double, _ ratio: Double, _ scale: Double, _ kernel: (Double) -> Double)
    -> [Double]
  {
    let first = Int((-reach / scale).rounded(.down)) + 1
    let weights = (first..<2 - first).map { kernel((Double($0) - ratio) * scale) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// Keys' cubic convolution kernel.
  static func cubic(_ x: Double, _ a: Double) -> Double {
    let x = abs(x)
    if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
  }
}
