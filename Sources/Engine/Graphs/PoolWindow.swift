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

  /// Returns what `body` makes of the pixels under each window; it is also given the window's row and column.
  func pooled(_ image: [Float], shape: Shape, result: Shape, _ body: (Int, Int, [Float]) -> Double) -> [Float]
  {
    let (vertical, horizontal) = windows(shape)
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    for plane in 0..<result[0] * result[1] {
      for y in 0..<result[2] {
        for x in 0..<result[3] {
          var pixels: [Float] = []
          for tap in vertical.taps(onPixelsAt: y) {
            let row = plane * shape[2] + vertical.pixel(position: y, tap: tap)
            for tap in horizontal.taps(onPixelsAt: x) {
              pixels.append(image[row * shape[3] + horizontal.pixel(position: x, tap: tap)])
            }
          }
          output.append(Float(body(y, x, pixels)))
        }
      }
    }
    return output
  }
}
