/// Writes cells as bytes: cursor moves, colours (ECMA-48 SGR) and text, in the exact colours asked for.
///
/// It serves what ncurses cannot: half-blocks in 24-bit colours, and text over a sixel picture.
struct CellPainter {
  private let depth: ColorDepth
  private(set) var bytes: [UInt8] = []
  private var style: Style?

  init(depth: ColorDepth) { self.depth = depth }

  /// Saves the cursor and attributes that ncurses believes in.
  mutating func begin() {
    bytes += [0x1B, UInt8(ascii: "7")]
    style = nil
  }

  /// Restores what `begin` saved.
  mutating func end() { bytes += [0x1B, UInt8(ascii: "8")] }

  /// Moves to a cell counted from 0.
  mutating func move(x: Int, y: Int) {
    bytes += [0x1B, UInt8(ascii: "[")]
    append(y + 1)
    bytes.append(UInt8(ascii: ";"))
    append(x + 1)
    bytes.append(UInt8(ascii: "H"))
  }

  /// Writes a sequence as it is.
  mutating func append(sequence: [UInt8]) { bytes += sequence }

  /// Writes a cell at the cursor.
  mutating func paint(_ cell: Cell) {
    guard cell.width > 0 else { return }
    if cell.style != style { change(to: cell.style) }
    bytes += Array(cell.text.utf8)
  }

  private mutating func change(to new: Style) {
    var old = style ?? .plain
    var codes: [Int] = []
    let dropsAttribute =
      old.bold && !new.bold || old.dim && !new.dim || old.underline && !new.underline
      || old.reverse && !new.reverse
    if style == nil || dropsAttribute {
      codes.append(0)
      old = .plain
    }
    if new.bold, !old.bold { codes.append(1) }
    if new.dim, !old.dim { codes.append(2) }
    if new.underline, !old.underline { codes.append(4) }
    if new.reverse, !old.reverse { codes.append(7) }
    if new.foreground != old.foreground { codes += colorCodes(new.foreground, base: 30) }
    if new.background != old.background { codes += colorCodes(new.background, base: 40) }
    style = new
    guard !codes.isEmpty else { return }
    bytes += [0x1B, UInt8(ascii: "[")]
    for (index, code) in codes.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ";")) }
      append(code)
    }
    bytes.append(UInt8(ascii: "m"))
  }

  private func colorCodes(_ color: Color, base: Int) -> [Int] {
    switch color.reduced(to: depth) {
    case .standard: [base + 9]
    case .indexed(let index) where index < 8: [base + Int(index)]
    case .indexed(let index) where index < 16: [base + 60 + Int(index) - 8]
    case .indexed(let index): [base + 8, 5, Int(index)]
    case .rgb(let red, let green, let blue): [base + 8, 2, Int(red), Int(green), Int(blue)]
    }
  }

  /// Writes a small number in decimal without making a string.
  private mutating func append(_ number: Int) {
    if number >= 10 { append(number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
