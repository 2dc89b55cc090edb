/// A key press.
public struct Key: Hashable, Sendable {
  /// Which key.
  public enum Code: Hashable, Sendable {
    /// A printable character, as the keyboard layout and shift made it.
    case character(Character)
    case enter, escape, tab, backTab, up, down, left, right, home, end, pageUp, pageDown, insert
    case backspace, delete
    /// F1 to F24.
    case function(Int)
  }

  public var code: Code
  /// Modifiers held; shift is not set for characters, which carry it already.
  public var modifiers: Modifiers

  public init(_ code: Code, modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// Makes the press of a character key.
  public static func character(_ character: Character, _ modifiers: Modifiers = []) -> Key {
    Key(.character(character), modifiers: modifiers)
  }
}

/// Modifier keys held during a key press or mouse action.
public struct Modifiers: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let shift = Modifiers(rawValue: 1)
  public static let alt = Modifiers(rawValue: 2)
  public static let control = Modifiers(rawValue: 4)
}
