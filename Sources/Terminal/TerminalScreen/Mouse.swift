/// A mouse action.
public struct Mouse: Hashable, Sendable {
  /// What the mouse did.
  public enum Kind: Hashable, Sendable {
    case press, release
    /// Moved with a button held.
    case drag
    /// Moved with no button held.
    case move
    case wheelUp, wheelDown
  }

  /// Which button; `none` for moves and wheels.
  public enum Button: Hashable, Sendable {
    case left, middle, right, none
  }

  public var kind: Kind
  public var button: Button
  /// The cell, counted from 0 at the top left.
  public var column, row: Int
  /// The pixel inside the text area, counted from 0; nil where the terminal reports cells only.
  public var pixelX, pixelY: Int?
  public var modifiers: Modifiers

  public init(
    kind: Kind, button: Button = .none, column: Int, row: Int, pixelX: Int? = nil, pixelY: Int? = nil,
    modifiers: Modifiers = []
  ) {
    self.kind = kind
    self.button = button
    self.column = column
    self.row = row
    self.pixelX = pixelX
    self.pixelY = pixelY
    self.modifiers = modifiers
  }
}
