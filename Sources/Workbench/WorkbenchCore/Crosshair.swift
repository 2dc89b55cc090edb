/// The keyboard's pointer on the picture.
public struct Crosshair: Equatable, Sendable {
  /// Where it stands, always the centre of an image pixel or a place the mouse left it.
  public private(set) var position: ImagePoint
  /// Whether it is drawn; the mouse hides it, the keyboard brings it back.
  public var isVisible: Bool

  /// A hidden crosshair in the middle of a picture.
  public init(centeredIn viewport: Viewport) {
    position = viewport.nearestPoint(
      to: Self.pixelCenter(ImagePoint(x: viewport.center.x, y: viewport.center.y)))
    isVisible = false
  }

  /// A direction of movement.
  public enum Direction: CaseIterable, Sendable {
    case left, right, up, down

    /// The unit step, y downward.
    public var step: (x: Double, y: Double) {
      switch self {
      case .left: (-1, 0)
      case .right: (1, 0)
      case .up: (0, -1)
      case .down: (0, 1)
      }
    }
  }

  /// How far one key press moves, in image pixels: about half a cell of the screen, and a single pixel once the
  /// picture is enlarged.
  /// - Parameter cellHeight: The height of a cell in pane pixels.
  public static func stepLength(viewport: Viewport, cellHeight: Int) -> Double {
    if !viewport.isFitted && viewport.scale >= 1 { return 1 }
    return max(1, (Double(cellHeight) / 2 / viewport.scale).rounded())
  }

  /// Big steps are this many times longer.
  public static let bigStepFactor = 10.0

  /// Moves by one key press and shows the crosshair; the picture's border stops it.
  public mutating func move(_ direction: Direction, isBig: Bool, viewport: Viewport, cellHeight: Int) {
    let length =
      Self.stepLength(viewport: viewport, cellHeight: cellHeight) * (isBig ? Self.bigStepFactor : 1)
    let step = direction.step
    let center = Self.pixelCenter(position)
    position = viewport.nearestPoint(
      to: ImagePoint(x: center.x + step.x * length, y: center.y + step.y * length))
    isVisible = true
  }

  /// Follows the mouse without being drawn.
  public mutating func follow(_ point: ImagePoint, viewport: Viewport) {
    position = viewport.nearestPoint(to: point)
    isVisible = false
  }

  private static func pixelCenter(_ point: ImagePoint) -> ImagePoint {
    ImagePoint(x: point.x.rounded(.down) + 0.5, y: point.y.rounded(.down) + 0.5)
  }
}
