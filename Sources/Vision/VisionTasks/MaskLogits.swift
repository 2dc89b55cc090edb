import Images

/// A network's logits of one mask, over the part of the image that it saw.
public struct MaskLogits: Sendable, Equatable {
  /// Values in a row, and rows.
  public let width, height: Int
  /// Above 0 inside the object, row by row from the top.
  public let values: [Float]
  /// The part of the image that the values cover.
  public let crop: PixelRect

  /// Makes logits.
  public init(width: Int, height: Int, values: [Float], crop: PixelRect) {
    precondition(values.count == width * height && !crop.isEmpty, "The logits fill their rows")
    self.width = width
    self.height = height
    self.values = values
    self.crop = crop
  }

  /// Returns the mask of an image of the given size.
  ///
  /// - Parameter threshold: The logit above which a pixel is inside.
  public func mask(width imageWidth: Int, height imageHeight: Int, threshold: Float = 0) -> Mask {
    Mask(
      logits: values, logitsWidth: width, logitsHeight: height, crop: crop, width: imageWidth,
      height: imageHeight, threshold: threshold)
  }
}
