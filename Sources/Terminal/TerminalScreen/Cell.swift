/// One character cell of the screen.
public struct Cell: Hashable, Sendable {
  /// The grapheme shown; a space in the second column of a wide one.
  public var text: Character
  /// The columns that the grapheme takes: 1, 2, or 0 for the second column of a wide one.
  public var width: UInt8
  public var style: Style

  /// Makes a cell of one column.
  public init(_ text: Character = " ", style: Style = .plain) {
    self.init(text, width: 1, style: style)
  }

  init(_ text: Character, width: UInt8, style: Style) {
    self.text = text
    self.width = width
    self.style = style
  }

  /// A cell through which the graphic over it shows; all other cells hide the graphic.
  ///
  /// The text is a no-break space, which `CellBuffer.write` never leaves in a cell.
  public static let picture = Cell("\u{A0}")

  /// Whether a graphic shows through this cell.
  ///
  /// All but a few cells are told apart by their first byte.
  public var isPicture: Bool { text.utf8.first == 0xC2 && text == "\u{A0}" }
}

extension Cell {
  /// The cell in the colours of a terminal of the given depth.
  func reduced(to depth: ColorDepth) -> Cell {
    var cell = self
    cell.style.foreground = style.foreground.reduced(to: depth)
    cell.style.background = style.background.reduced(to: depth)
    return cell
  }
}
