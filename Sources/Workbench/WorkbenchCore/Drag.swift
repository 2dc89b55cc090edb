import Annotations

/// A drag with the mouse on the picture that is under way.
public struct Drag: Sendable {
  /// What a pressed button is for.
  public enum Purpose: Equatable, Sendable {
    /// The left button: a positive click, which turns into a box once the mouse moves.
    case select
    /// The right button: a negative click.
    case exclude
    /// The middle button: moves the picture.
    case pan
  }

  public let purpose: Purpose
  public let start: PanePoint
  public internal(set) var now: PanePoint
  /// Whether the mouse moved far enough for this not to be a click.
  public internal(set) var isMoving = false
  /// The document's step before the press; a click that turns into a box goes back to it.
  let stepBefore: Document.Step.ID?

  init(purpose: Purpose, at point: PanePoint, stepBefore: Document.Step.ID?) {
    self.purpose = purpose
    start = point
    now = point
    self.stepBefore = stepBefore
  }
}
