import ComputeKernels

extension ImageShape {
  /// Floats from the first pixel's first channel to the last pixel's last.
  var bufferCount: Int { pixelCount == 0 ? 0 : (pixelCount - 1) * pixelStride + channels }

  /// Where a value lies in the buffer.
  func index(_ image: Int, _ y: Int, _ x: Int, _ channel: Int) -> Int {
    ((image * height + y) * width + x) * pixelStride + channel
  }
}
