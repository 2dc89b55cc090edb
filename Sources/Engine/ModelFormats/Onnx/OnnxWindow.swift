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

  /// Pixels between neighbouring positions: height, width.
  let strides: [Int]
  /// Pixels between neighbouring taps: height, width.
  let dilations: [Int]
  /// The window's taps: height, width.
  let kernel: [Int]
  /// How padding is found.
  let automaticPadding: AutomaticPadding
  private let pads: [Int]
  private let node: OnnxNode

  /// Reads the attributes of `node`.
  ///
  /// - Parameter kernel: the kernel's size where the weight says it; it must agree with `kernel_shape`.
  init(_ node: OnnxNode, kernel weightKernel: [Int]? = nil) throws(ModelFormatError) {
    func pair(_ name: String, in range: ClosedRange<Int>) throws(ModelFormatError) -> [Int]? {
      guard let values = try node.integers(name) else { return nil }
      guard values.count == 2, values.allSatisfy({ range.contains($0) }) else {
        throw node.failure("\(name) is \(values), supported are two numbers of \(range.lowerBound) or more")
      }
      return values
    }
    let kernelShape = try pair("kernel_shape", in: 1...Self.limit)
    if let weightKernel, let kernelShape, weightKernel != kernelShape {
      throw node.failure("kernel_shape is \(kernelShape), the weight's is \(weightKernel)")
    }
    guard let kernel = weightKernel ?? kernelShape else { throw node.failure("kernel_shape is missing") }
    self.kernel = kernel
    self.strides = try pair("strides", in: 1...Self.limit) ?? [1, 1]
    self.dilations = try pair("dilations", in: 1...Self.limit) ?? [1, 1]
    let automatic = try node.text("auto_pad") ?? "NOTSET"
    guard let automaticPadding = AutomaticPadding(rawValue: automatic) else {
      throw node.failure("auto_pad is \(automatic)")
    }
    self.automaticPadding = automaticPadding
    self.pads = try node.integers("pads") ?? [0, 0, 0, 0]
    guard pads.count == 4, pads.allSatisfy({ (0...Self.limit).contains($0) }) else {
      throw node.failure("pads is \(pads), supported are four numbers of zero or more")
    }
    self.node = node
  }

  /// Returns the padding of an image of `size` (height, width) under a window that shrinks it.
  func padding(of size: [Int]) -> Padding {
    switch automaticPadding {
    case .given: givenPadding
    case .none: Padding()
    case .sameUpper, .sameLower:
      padding(
        totals: (0..<2).map { axis in
          let positions = (size[axis] + strides[axis] - 1) / strides[axis]
          let covered = (positions - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1
          return max(covered - size[axis], 0)
        }, moreAtEnd: automaticPadding == .sameUpper)
    }
  }

  /// The padding that the attribute `pads` gives.
  var givenPadding: Padding { Padding(top: pads[0], left: pads[1], bottom: pads[2], right: pads[3]) }

  /// Splits sums of padding (height, width) over both sides; an odd pixel goes to the end or to the start.
  func padding(totals: [Int], moreAtEnd: Bool) -> Padding {
    let small = totals.map { $0 / 2 }
    let large = zip(totals, small).map { $0 - $1 }
    return moreAtEnd
      ? Padding(top: small[0], left: small[1], bottom: large[0], right: large[1])
      : Padding(top: large[0], left: large[1], bottom: small[0], right: small[1])
  }
}

extension OnnxNode {
  /// Returns the first operand, which must be a batch of images (NCHW).
  func image() throws(ModelFormatError) -> OnnxOperand {
    let operand = try operand(0)
    guard operand.shape.rank == 4 else {
      throw failure("the operand has shape \(operand.shape); only batches of images (NCHW) are supported")
    }
    return operand
  }
}
