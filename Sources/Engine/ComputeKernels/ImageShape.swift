/// The extent of a channels-last image, or a batch of them one behind the other, in a buffer of floats.
package struct ImageShape: Sendable, Hashable {
  package var batch: Int
  package var height: Int
  package var width: Int
  package var channels: Int
  /// Floats from one pixel to the next; above `channels` when the image is a run of channels of a wider one.
  package var pixelStride: Int

  package init(batch: Int = 1, height: Int, width: Int, channels: Int, pixelStride: Int? = nil) {
    self.batch = batch
    self.height = height
    self.width = width
    self.channels = channels
    self.pixelStride = pixelStride ?? channels
    precondition(
      self.pixelStride >= channels, "Pixels of \(channels) channels overlap at stride \(self.pixelStride)")
  }

  /// Pixels of the whole batch.
  package var pixelCount: Int { batch * height * width }
  /// Values of the whole batch.
  package var elementCount: Int { pixelCount * channels }

  /// Batch, height, width and channels, as 1x56x56x64.
  var extent: String { "\(batch)x\(height)x\(width)x\(channels)" }
}
