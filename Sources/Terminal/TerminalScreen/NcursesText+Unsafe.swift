import CNCurses
import Glibc

/// The text of the screen, kept by ncurses: it sends only the cells that changed.
///
/// ncurses has one state per process, so only one of these may be alive, used by one thread.
final class NcursesText {
  private let screen: OpaquePointer
  private let outputFile: UnsafeMutablePointer<FILE>
  private let inputFile: UnsafeMutablePointer<FILE>
  /// The colours in which the text is shown.
  let depth: ColorDepth
  private let takesRGB: Bool
  private var pairs: [Style.Colors: Int32] = [:]
  private var shown: CellBuffer?
  private var writesBlanks = false
  /// Whether the next frame clears the terminal first.
  private var redrawsAll = true

  /// Takes over the terminal: alternate screen, raw keys, no cursor.
  init(terminalType: String, descriptor: Int32, depth: ColorDepth) throws(ScreenError) {
    cncurses_use_utf8()
    guard let output = fdopen(dup(descriptor), "w"), let input = fdopen(dup(descriptor), "r") else {
      throw ScreenError.noTerminal(path: "/dev/tty", reason: String(cString: strerror(errno)))
    }
    guard let screen = terminalType.isEmpty ? nil : newterm(terminalType, output, input) else {
      fclose(output)
      fclose(input)
      throw ScreenError.unknownTerminalType(terminalType)
    }
    self.screen = screen
    outputFile = output
    inputFile = input
    var depth = depth
    if start_color() == ERR { depth = .monochrome }
    use_default_colors()
    takesRGB = tigetflag("RGB") > 0
    let colors = Int(cncurses_color_count())
    if !takesRGB, colors < 256 { depth = min(depth, .palette16) }
    if colors < 8 { depth = .monochrome }
    if depth == .trueColor, !takesRGB { depth = .palette256 }
    self.depth = depth
    guard cncurses_string("cup") != nil else {
      endwin()
      delscreen(screen)
      throw ScreenError.cannotMoveCursor(terminalType: terminalType)
    }
    raw()
    noecho()
    nonl()
    cncurses_prepare_output()
  }

  /// The bytes that undo what ncurses did to the terminal, for a handler that may not call ncurses.
  var resetBytes: [UInt8] {
    var bytes: [UInt8] = []
    for name in ["sgr0", "op", "cnorm", "rmcup"] {
      // The strings belong to terminfo and end in 0.
      if let text = cncurses_string(name) { bytes += Array(String(cString: text).utf8) }
    }
    return bytes
  }

  /// Writes what differs from the last text.
  ///
  /// Where ncurses sees that several rows moved it scrolls the terminal over its whole width, `idlok` or not, and the
  /// pictures beside the text with it. So it is given row by row: a single row cannot have moved.
  func draw(_ cells: CellBuffer) {
    let known = shown.flatMap { $0.width == cells.width && $0.height == cells.height ? $0 : nil }
    for y in 0..<cells.height {
      let changed = known.map { cells.columns(differingFrom: $0, inRow: y) } ?? Array(0..<cells.width)
      for x in changed { put(cells[x, y], x: x, y: y, isWritten: writesBlanks && Self.isInRun(cells, x, y)) }
      if !changed.isEmpty, !redrawsAll { cncurses_refresh() }
    }
    shown = cells
    if redrawsAll { cncurses_refresh() }
    redrawsAll = false
  }

  /// Makes blanks by writing them: xterm does not take erased cells out of the pictures that it remembers, but written
  /// ones. ncurses writes what only looks blank.
  func writeBlanks() { writesBlanks = true }

  /// Whether a blank stands beside another one: ncurses erases no single ones.
  private static func isInRun(_ cells: CellBuffer, _ x: Int, _ y: Int) -> Bool {
    func isBlank(_ x: Int) -> Bool { (0..<cells.width).contains(x) && cells[x, y].text == " " }
    return isBlank(x) && (isBlank(x - 1) || isBlank(x + 1))
  }

  /// Makes the next `draw` write every cell.
  func forget() {
    redrawsAll = true
    cncurses_redraw_all()
  }

  /// Follows the terminal to a new size.
  func resize(to size: ScreenSize) {
    resizeterm(Int32(clamping: size.rows), Int32(clamping: size.columns))
    shown = nil
    forget()
  }

  /// Leaves the alternate screen.
  func leave() { endwin() }

  /// Enters the alternate screen after `leave` and writes the last text again.
  func enter() {
    cncurses_redraw_all()
    cncurses_refresh()
  }

  /// Leaves the alternate screen for good.
  func close() {
    endwin()
    delscreen(screen)
    fclose(outputFile)
    fclose(inputFile)
  }

  /// - Parameter isWritten: Whether a blank must be written and not erased.
  private func put(_ cell: Cell, x: Int, y: Int, isWritten: Bool) {
    guard cell.width > 0 else { return }
    let style = cell.style
    var flags: Int32 = 0
    if style.bold { flags |= Int32(CNCURSES_BOLD) }
    if style.dim { flags |= Int32(CNCURSES_DIM) }
    if style.underline { flags |= Int32(CNCURSES_UNDERLINE) }
    if style.reverse { flags |= Int32(CNCURSES_REVERSE) }
    if isWritten { flags |= Int32(CNCURSES_INVISIBLE) }
    let pair = pair(style)
    // ncurses lays cells out by the C library's widths; a grapheme that it measures otherwise is replaced.
    var text = Array(cell.text.unicodeScalars.prefix(5).map { wchar_t($0.value) })
    let width = cncurses_width(text[0])
    if width != Int32(cell.width) {
      text = width == 1 ? [text[0]] : [wchar_t(UInt8(ascii: "?"))]
    } else {
      text = [text[0]] + text.dropFirst().filter { cncurses_width($0) == 0 }
    }
    if width != Int32(cell.width), cell.width == 2 {
      place([wchar_t(0x20)], x: x + 1, y: y, flags: flags, pair: pair)
    }
    place(text, x: x, y: y, flags: flags, pair: pair)
  }

  private func place(_ text: [wchar_t], x: Int, y: Int, flags: Int32, pair: Int32) {
    if cncurses_put(Int32(y), Int32(x), text + [0], flags, pair) == ERR {
      cncurses_put(Int32(y), Int32(x), [wchar_t(UInt8(ascii: "?")), 0], flags, pair)
    }
  }

  private func pair(_ style: Style) -> Int32 {
    guard depth > .monochrome else { return 0 }
    let colors = Style.Colors(foreground: style.foreground, background: style.background)
    if colors.foreground == .standard, colors.background == .standard { return 0 }
    if let pair = pairs[colors] { return pair }
    let pair = max(alloc_pair(number(colors.foreground), number(colors.background)), 0)
    pairs[colors] = pair
    return pair
  }

  private func number(_ color: Color) -> Int32 {
    if takesRGB {
      // The first eight numbers still mean the named colours.
      switch color.reduced(to: depth) {
      case .standard: return -1
      case .rgb(let red, let green, let blue):
        return max(Int32(red) << 16 | Int32(green) << 8 | Int32(blue), 8)
      case .indexed(let index):
        let color = NearestColor.components(index)
        return max(Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue), 8)
      }
    }
    switch color.reduced(to: depth) {
    case .standard: return -1
    case .indexed(let index): return cncurses_color_count() < 16 ? Int32(index & 7) : Int32(index)
    case .rgb(let red, let green, let blue):
      return Int32(NearestColor.in256(red: red, green: green, blue: blue))
    }
  }
}

extension Style {
  /// The colours alone, as ncurses pairs them.
  struct Colors: Hashable {
    var foreground, background: Color
  }
}
