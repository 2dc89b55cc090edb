/// A mouse report as xterm's modes 1006 and 1016 send it.
struct MouseReport {
  /// Button and modifiers: 0 to 2 the buttons, 3 none, + 4 shift, + 8 alt, + 16 control, + 32 motion, + 64 wheel.
  var code: Int
  /// The position, counted from 1, in cells or pixels.
  var x, y: Int
  var isRelease: Bool

  /// The mouse action; nil for buttons that have no meaning here.
  ///
  /// - Parameter pixelCell: The size of a cell when x and y are pixels; xterm counts them without its border.
  func mouse(pixelCell: PixelSize?) -> Mouse? {
    guard let (kind, button) = action else { return nil }
    var modifiers: Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    let x = max(x - 1, 0)
    let y = max(y - 1, 0)
    guard let cell = pixelCell else {
      return Mouse(kind: kind, button: button, column: x, row: y, modifiers: modifiers)
    }
    return Mouse(
      kind: kind, button: button, column: x / max(cell.width, 1), row: y / max(cell.height, 1), pixelX: x,
      pixelY: y, modifiers: modifiers)
  }

  private var action: (Mouse.Kind, Mouse.Button)? {
    if code & 128 != 0 { return nil }
    if code & 64 != 0 {
      switch code & 3 {
      case 0: return (.wheelUp, .none)
      case 1: return (.wheelDown, .none)
      default: return nil
      }
    }
    let button: Mouse.Button =
      switch code & 3 {
      case 0: .left
      case 1: .middle
      case 2: .right
      default: .none
      }
    if code & 32 != 0 { return (button == .none ? .move : .drag, button) }
    return (isRelease ? .release : .press, button)
  }
}
