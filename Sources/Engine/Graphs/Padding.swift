/// Rows and columns of padding around an image, as ONNX's `pads` of rank 4 and PyTorch's `padding` mean them.
public struct Padding: Sendable, Hashable, CustomStringConvertible {
  /// Rows above the first.
  public var top: Int
  /// Columns before the first.
  public var left: Int
  /// Rows below the last.
  public var bottom: Int
  /// Columns after the last.
  public var right: Int

  /// Makes padding, none unless said.
  public init(top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0) {
    self.top = top
    self.left = left
    self.bottom = bottom
    self.right = right
  }

  /// Makes padding of the same width on all four sides.
  public init(all width: Int) { self.init(top: width, left: width, bottom: width, right: width) }

  public var description: String { "top \(top), left \(left), bottom \(bottom), right \(right)" }
}
