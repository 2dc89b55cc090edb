import Annotations
import VisionTasks

/// Boxes without a mask, as detectors' files hold them: prompts, from which a network makes a mask.
enum BoxReading {
  /// Makes the object of a box; one of less than a pixel is made that large.
  ///
  /// - Parameters:
  ///   - x, y, boxWidth, boxHeight: The box, from its upper left corner, in pixels.
  ///   - width, height: The photo's size.
  ///   - path, field: Where the box stands, for errors.
  /// - Throws: `FormatError.damaged` for a box that is not one of this photo.
  static func object(
    x: Double, y: Double, boxWidth: Double, boxHeight: Double, className: String,
    origin: AnnotatedObject.Origin, width: Int, height: Int, path: String, field: String
  ) throws(FormatError) -> AnnotatedObject {
    let (right, bottom) = (Double(width), Double(height))
    let margin = PolygonReading.margin
    guard boxWidth >= 0, boxHeight >= 0, x >= -margin, y >= -margin, x + boxWidth <= right + margin,
      y + boxHeight <= bottom + margin
    else {
      throw .damaged(
        path: path, field: field,
        reason: "\(boxWidth)x\(boxHeight) at \(x),\(y) is no box inside of the photo of \(width)x\(height)")
    }
    let (x0, y0) = (min(max(x, 0), right - 1), min(max(y, 0), bottom - 1))
    let box = Box(
      x0: x0, y0: y0, x1: min(max(x + boxWidth, x0 + 1), right), y1: min(max(y + boxHeight, y0 + 1), bottom))
    return AnnotatedObject(
      mask: RunLengths(width: width, height: height), className: className, origin: origin,
      prompts: ClickPrompts(box: box))
  }
}

extension AnnotatedObject {
  /// Whether it is a box whose mask is still to be made.
  var isBoxAlone: Bool { mask.isEmpty && prompts.box != nil }
}
