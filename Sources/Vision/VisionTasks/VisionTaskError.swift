/// What can be wrong with what a task is asked.
public enum VisionTaskError: Error, Equatable, CustomStringConvertible {
  /// There is neither a click nor a box.
  case noPrompts
  /// A click is not on the image.
  case clickOutside(x: Double, y: Double, width: Int, height: Int)
  /// A box does not touch the image.
  case boxOutside(Box, width: Int, height: Int)

  public var description: String {
    switch self {
    case .noPrompts:
      "nothing says where the object is; give a click or a box"
    case .clickOutside(let x, let y, let width, let height):
      "the click at (\(x), \(y)) is outside of the image, which is \(width)x\(height) pixels; click inside"
    case .boxOutside(let box, let width, let height):
      "the box from (\(box.x0), \(box.y0)) to (\(box.x1), \(box.y1)) is outside of the image, which is "
        + "\(width)x\(height) pixels; draw it inside"
    }
  }
}

extension ClickPrompts {
  /// Checks that the prompts say something about an image of the given size.
  ///
  /// - Throws: `VisionTaskError`.
  public func validate(width: Int, height: Int) throws(VisionTaskError) {
    guard !isEmpty else { throw .noPrompts }
    // Comparisons with a number that is none are false.
    for click in clicks {
      guard click.x >= 0, click.y >= 0, click.x <= Double(width), click.y <= Double(height) else {
        throw .clickOutside(x: click.x, y: click.y, width: width, height: height)
      }
    }
    if let box {
      guard box.x0 < Double(width), box.y0 < Double(height), box.x1 > 0, box.y1 > 0, box.x0 < box.x1,
        box.y0 < box.y1
      else { throw .boxOutside(box, width: width, height: height) }
    }
  }
}
