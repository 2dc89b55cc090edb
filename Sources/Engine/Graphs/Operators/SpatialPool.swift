import Glibc
import Tensors

/// Pooling over any number of spatial axes, with the maximum's place where it is wanted, as ONNX MaxPool, AveragePool and
/// LpPool; images in the plane have `MaxPool` and `AveragePool`, which are fast.
///
/// Operand: `[N, C, D1, …]`, float32, or int8 and uint8 for the maximum. Results: the pooled values and, for
/// the maximum with indices, int64 places in the whole operand.
public struct SpatialPool: Operator, Hashable {
  public static let name = "SpatialPool"

  /// What is taken of the elements under the window.
  public enum Kind: Sendable, Hashable {
    case maximum
    /// With the places of the maxima in row-major order, or with the last axis but one fastest.
    case maximumWithIndices(isColumnMajor: Bool)
    /// The mean; padding counts in the divisor or does not.
    case average(countsPadding: Bool)
    /// The p-th root of the sum of p-th powers of magnitudes.
    case norm(Int)
  }

  /// What is taken of the elements under the window.
  public var kind: Kind
  /// Where the window lies, for each spatial axis.
  public var window: SpatialWindow
  /// Whether a last window may hang over the end.
  public var ceilMode: Bool

  /// Makes a pooling.
  public init(_ kind: Kind, window: SpatialWindow, ceilMode: Bool = false) {
    self.kind = kind
    self.window = window
    self.ceilMode = ceilMode
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the values")
    let isMaximum: Bool =
      switch kind {
      case .maximum, .maximumWithIndices: true
      default: false
      }
    guard isMaximum || type.elementType == .float32 else {
      throw operands.elementTypeError("the values", type.elementType, "float32")
    }
    try window.check(rank: type.shape.rank - 2, operands)
    var sizes: [Int] = []
    for slide in window.slides(over: type.shape) {
      guard slide.size >= 1, let size = slide.outputSize(ceilMode: ceilMode) else {
        throw operands.shapeError("the values", type.shape, "at least the dilated window with padding")
      }
      sizes.append(size)
    }
    let result = try operands.result(type.shape.dimensions[..<2] + sizes, elementType: type.elementType)
    if case .maximumWithIndices = kind { return [result, ValueType(result.shape, elementType: .int64)] }
    return [result]
  }
}

extension SpatialPool {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    if case .maximumWithIndices(false) = kind, window.kernel.count == 2, value.elementType == .float32 {
      return planarMaxima(value, result)
    }
    let (shape, values) = (value.shape, value.doubles)
    let slides = window.slides(over: shape)
    let planeSize = shape.dimensions[2...].reduce(1, *)
    let strides = Array(shape.strides[2...])
    let positions = rowMajorPositions(Array(result.dimensions[2...]))
    var pooled: [Double] = []
    var places: [Int] = []
    for plane in 0..<result[0] * result[1] {
      for position in positions {
        // Offsets of the elements under the window, in row-major order of taps.
        let offsets = rowMajorSums(
          slides.indices.map { axis in
            slides[axis].taps(onPixelsAt: position[axis]).map {
              slides[axis].pixel(position: position[axis], tap: $0) * strides[axis]
            }
          })
        let elements = offsets.map { values[plane * planeSize + $0] }
        pooled.append(reduce(elements, at: position, slides))
        let best = elements.indices.reduce(0) { elements[$1] > elements[$0] ? $1 : $0 }
        places.append(plane * planeSize + (offsets.isEmpty ? 0 : offsets[best]))
      }
    }
    let first = Tensor(result, elements: pooled.map { Float($0) })
    let pooledTensor = try Cast(to: value.elementType).evaluate([first])[0]
    guard case .maximumWithIndices(let isColumnMajor) = kind else { return [pooledTensor] }
    let indices = places.map { Int64(isColumnMajor ? columnMajor($0, shape) : $0) }
    return [pooledTensor, Tensor(result, elements: indices)]
  }

  /// The maxima of images and their places without the lists that any number of axes takes.
  private func planarMaxima(_ value: Tensor, _ result: Shape) -> [Tensor] {
    let (shape, values) = (value.shape, value.floats)
    let slides = window.slides(over: shape)
    let rows = (0..<result[2]).map { slides[0].taps(onPixelsAt: $0) }
    let columns = (0..<result[3]).map { slides[1].taps(onPixelsAt: $0) }
    var pooled = [Float](repeating: -.infinity, count: result.elementCount)
    var places = [Int64](repeating: 0, count: result.elementCount)
    var output = 0
    for plane in 0..<result[0] * result[1] {
      for y in 0..<result[2] {
        for x in 0..<result[3] {
          var (best, place) = (-Float.infinity, plane * shape[2] * shape[3])
          for tap in rows[y] {
            let row = (plane * shape[2] + slides[0].pixel(position: y, tap: tap)) * shape[3]
            for tap in columns[x] {
              let pixel = row + slides[1].pixel(position: x, tap: tap)
              // What is not a number wins.
              if !best.isNaN, !(values[pixel] <= best) { (best, place) = (values[pixel], pixel) }
            }
          }
          (pooled[output], places[output]) = (best, Int64(place))
          output += 1
        }
      }
    }
    return [Tensor(result, elements: pooled), Tensor(result, elements: places)]
  }

  private func reduce(_ elements: [Double], at position: [Int], _ slides: [SlidingWindow]) -> Double {
    switch kind {
    case .maximum, .maximumWithIndices:
      return elements.reduce(-.infinity) { $0.isNaN || $0 > $1 ? $0 : $1 }
    case .average(let countsPadding):
      let taps = slides.indices.reduce(1) { $0 * slides[$1].tapsWithinPadding(at: position[$1]) }
      return elements.reduce(0, +) / Double(max(countsPadding ? taps : elements.count, 1))
    case .norm(let power):
      return pow(elements.reduce(0) { $0 + pow(abs($1), Double(power)) }, 1 / Double(power))
    }
  }

  /// Returns the place with the first spatial axis fastest, as ONNX's `storage_order` 1 counts.
  private func columnMajor(_ place: Int, _ shape: Shape) -> Int {
    let spatial = Array(shape.dimensions[2...])
    let planeSize = spatial.reduce(1, *)
    var (rest, coordinates) = (place % planeSize, [Int]())
    for size in spatial.reversed() {
      coordinates.insert(rest % size, at: 0)
      rest /= size
    }
    var (sum, stride) = (place / planeSize * planeSize, 1)
    for (coordinate, size) in zip(coordinates, spatial) {
      sum += coordinate * stride
      stride *= size
    }
    return sum
  }
}
