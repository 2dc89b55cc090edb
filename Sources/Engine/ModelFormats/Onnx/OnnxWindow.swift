import Graphs
import Tensors

/// The attributes that convolutions and poolings share: where their windows lie on an image.
struct OnnxWindow {
  /// How much of the image's border is padded.
  enum AutomaticPadding: String {
    case given = "NOTSET"
    case none = "VALID"
    case sameUpper = "SAME_UPPER"
    case sameLower = "SAME_LOWER"
  }

  /// The largest kernel size, stride, dilation or padding; keeps every product of them inside an `Int`.
  static let limit = 1 << 20

  /// Elements between neighbouring positions: outermost axis first.
  let strides: [Int]
  /// Elements between neighbouring taps: outermost axis first.
  let dilations: [Int]
  /// The window's taps: outermost axis first.
  let kernel: [Int]
  /// How padding is found.
  let automaticPadding: AutomaticPadding
  private let pads: [Int]
  private let node: OnnxNode

  /// Reads the attributes of `node`.
  ///
  /// - Parameter kernel: the kernel's size where the weight says it; it must agree with `kernel_shape`.
  init(_ node: OnnxNode, kernel weightKernel: [Int]? = nil) throws(ModelFormatError) {
    func list(_ name: String, count: Int?, from minimum: Int) throws(ModelFormatError) -> [Int]? {
      guard let values = try node.integers(name) else { return nil }
      guard values.count == count ?? values.count, values.allSatisfy({ (minimum...Self.limit).contains($0) })
      else {
        throw node.failure(
          "\(name) is \(values), supported are \(count.map { "\($0) " } ?? "")numbers of \(minimum) or more")
      }
      return values
    }
    let kernelShape = try list("kernel_shape", count: nil, from: 1)
    if let weightKernel, let kernelShape, weightKernel != kernelShape {
      throw node.failure("kernel_shape is \(kernelShape), the weight's is \(weightKernel)")
    }
    guard let kernel = weightKernel ?? kernelShape else { throw node.failure("kernel_shape is missing") }
    guard !kernel.isEmpty else { throw node.failure("the kernel has no axes") }
    let rank = kernel.count
    self.kernel = kernel
    self.strides = try list("strides", count: rank, from: 1) ?? [Int](repeating: 1, count: rank)
    self.dilations = try list("dilations", count: rank, from: 1) ?? [Int](repeating: 1, count: rank)
    let automatic = try node.text("auto_pad") ?? "NOTSET"
    guard let automaticPadding = AutomaticPadding(rawValue: automatic) else {
      throw node.failure("auto_pad is \(automatic)")
    }
    self.automaticPadding = automaticPadding
    self.pads = try list("pads", count: 2 * rank, from: 0) ?? [Int](repeating: 0, count: 2 * rank)
    self.node = node
  }

  /// Whether the window lies in a plane, where the fast operators are.
  var isPlanar: Bool { kernel.count == 2 }

  /// Returns the window on a value of spatial dimensions `size` that it shrinks.
  func spatial(on size: [Int]) -> SpatialWindow {
    var (before, after) = givenPadding
    switch automaticPadding {
    case .given: break
    case .none: (before, after) = (kernel.map { _ in 0 }, kernel.map { _ in 0 })
    case .sameUpper, .sameLower:
      (before, after) = padding(
        totals: kernel.indices.map { axis in
          let positions = (size[axis] + strides[axis] - 1) / strides[axis]
          let covered = (positions - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1
          return max(covered - size[axis], 0)
        }, moreAtEnd: automaticPadding == .sameUpper)
    }
    return SpatialWindow(kernel: kernel, strides: strides, dilations: dilations, before: before, after: after)
  }

  /// The padding that the attribute `pads` gives.
  var givenPadding: (before: [Int], after: [Int]) {
    (Array(pads[..<kernel.count]), Array(pads[kernel.count...]))
  }

  /// Splits sums of padding over both sides; an odd element goes to the end or to the start.
  func padding(totals: [Int], moreAtEnd: Bool) -> (before: [Int], after: [Int]) {
    let small = totals.map { $0 / 2 }
    let large = zip(totals, small).map { $0 - $1 }
    return moreAtEnd ? (small, large) : (large, small)
  }
}

extension SpatialWindow {
  /// The padding of a window in the plane.
  var padding: Padding { Padding(top: before[0], left: before[1], bottom: after[0], right: after[1]) }
}

extension OnnxNode {
  /// Returns the first operand, which must have a batch, channels and one or more spatial axes.
  func spatialValue() throws(ModelFormatError) -> OnnxOperand {
    let operand = try operand(0)
    guard operand.shape.rank >= 3 else {
      throw failure("the operand has shape \(operand.shape), batch x channels x axes are needed")
    }
    return operand
  }

  /// Returns the first operand, which must be a batch of images (NCHW).
  func image() throws(ModelFormatError) -> OnnxOperand {
    let operand = try operand(0)
    guard operand.shape.rank == 4 else {
      throw failure("the operand has shape \(operand.shape); only batches of images (NCHW) are supported")
    }
    return operand
  }
}
