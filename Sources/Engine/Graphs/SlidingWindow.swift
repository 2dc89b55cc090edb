/// A kernel that slides along one axis of an image, as ONNX's Conv and pooling operators define it.
struct SlidingWindow {
  /// Pixels along the axis, without padding.
  var size: Int
  /// Taps of the kernel.
  var kernel: Int
  /// Pixels between neighbouring positions of the window.
  var stride: Int
  /// Pixels between neighbouring taps.
  var dilation: Int
  /// Padding before the first pixel.
  var before: Int
  /// Padding after the last pixel.
  var after: Int

  /// Pixels from the first tap to the last, both counted.
  var extent: Int { dilation * (kernel - 1) + 1 }

  /// Returns how many positions the window has; nil when it does not fit at all.
  ///
  /// With `ceilMode` a last window may hang over the end, but must start on a pixel or on leading padding
  /// (the rule of PyTorch, and of ONNX since its opset 19 clarification).
  func outputSize(ceilMode: Bool = false) -> Int? {
    let room = size + before + after - extent
    guard room >= 0 else { return nil }
    let floor = room / stride + 1
    guard ceilMode, room % stride != 0, floor * stride < size + before else { return floor }
    return floor + 1
  }

  /// Returns the pixel under `tap` at `position`; negative, or `size` and more, in the padding.
  func pixel(position: Int, tap: Int) -> Int { position * stride - before + tap * dilation }

  /// Returns those of the first `count` positions at which `tap` is on a pixel, not on padding.
  func positions(onPixelsAt tap: Int, count: Int) -> Range<Int> {
    let first = max(0, ceilingQuotient(before - tap * dilation, stride))
    let end = min(count, ceilingQuotient(size + before - tap * dilation, stride))
    return first..<max(first, end)
  }

  /// Returns the taps that are on a pixel, not on padding, at `position`.
  func taps(onPixelsAt position: Int) -> Range<Int> {
    let first = max(0, ceilingQuotient(before - position * stride, dilation))
    let end = min(kernel, ceilingQuotient(size + before - position * stride, dilation))
    return first..<max(first, end)
  }

  /// Returns `distance / step`, rounded up.
  private func ceilingQuotient(_ distance: Int, _ step: Int) -> Int {
    distance >= 0 ? (distance + step - 1) / step : -(-distance / step)
  }
}
