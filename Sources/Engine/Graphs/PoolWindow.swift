import Tensors

/// The window that `AveragePool` and `MaxPool` slide over an image.
struct PoolWindow {
  var kernel: [Int]
  var strides: [Int]
  var padding: Padding
  var dilations: [Int]
  var ceilMode: Bool

  /// Returns the type of the pooled image, the only operand.
  func outputType(_ operands: OperandTypes) throws(GraphError) -> ValueType {
    let image = try operands.image(0, "the image")
    try operands.pair("kernel", kernel)
    try operands.pair("strides", strides)
    try operands.pair("dilations", dilations)
    try operands.padding(padding)
    let (vertical, horizontal) = windows(image)
    guard max(padding.top, padding.bottom) < vertical.extent,
      max(padding.left, padding.right) < horizontal.extent
    else {
      throw operands.attributeError(
        "padding", padding, "less than the dilated kernel's \(vertical.extent)x\(horizontal.extent)")
    }
    guard image[2] >= 1, image[3] >= 1, let height = vertical.outputSize(ceilMode: ceilMode),
      let width = horizontal.outputSize(ceilMode: ceilMode)
    else {
      throw operands.shapeError(
        "the image", image,
        "at least the dilated kernel's \(vertical.extent)x\(horizontal.extent) with padding")
    }
    return try operands.result([image[0], image[1], height, width])
  }

  /// Returns the window along height and along width of `image`.
  func windows(_ image: Shape) -> (vertical: SlidingWindow, horizontal: SlidingWindow) {
    (
      SlidingWindow(
        size: image[2], kernel: kernel[0], stride: strides[0], dilation: dilations[0],
        before: padding.top, after: padding.bottom),
      SlidingWindow(
        size: image[3], kernel: kernel[1], stride: strides[1], dilation: dilations[1],
        before: padding.left, after: padding.right)
    )
  }
}
