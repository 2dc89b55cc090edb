/// A part of the screen that can have the keyboard.
public enum Pane: String, CaseIterable, Sendable {
  case image
  case files
  case layers
}
