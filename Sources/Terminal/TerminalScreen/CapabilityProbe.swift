/// Finds out what the terminal can do: writes all questions at once and reads the answers as they come.
///
/// The last question, primary device attributes, is one that every terminal answers, so its answer ends the
/// probe. Nothing is asked that a terminal might print or that tmux might misread.
///
/// The environment overrides answers: `VIGNETTE_CELL_SIZE=10x20`, `VIGNETTE_COLORS=truecolor|256|16|none`,
/// `NO_COLOR`, and `VIGNETTE_PROBE=off` asks nothing.
public struct CapabilityProbe: Sendable {
  private let environment: [String: String]
  private var found = Capabilities()
  private var reportedCell: PixelSize?
  private var graphicsArea: PixelSize?
  /// The answers about the largest image and about the text area look alike; the first is about the largest.
  private var expectsMaximum = true

  /// Whether the last question was answered.
  public private(set) var isComplete = false

  /// - Parameter environment: The variables of the process.
  public init(environment: [String: String]) {
    self.environment = environment
    found.terminalType = environment["TERM"] ?? ""
    found.insideTmux = has("TMUX") || found.terminalType.hasPrefix("tmux")
    found.insideScreen = !found.insideTmux && (has("STY") || found.terminalType.hasPrefix("screen"))
    found.overSSH = has("SSH_CONNECTION")
    found.colorDepth = initialColorDepth
  }

  private func has(_ name: String) -> Bool { environment[name]?.isEmpty == false }

  /// How long to wait for the answers.
  public var timeout: Duration { found.overSSH ? .milliseconds(1500) : .milliseconds(300) }

  // MARK: Questions

  private var asks: Bool {
    environment["VIGNETTE_PROBE"] != "off" && !["", "dumb", "linux"].contains(found.terminalType)
  }

  /// What to send; empty when nothing may be asked.
  public var queries: [UInt8] {
    guard asks else { return [] }
    var text = "\u{1B}[>q\u{1B}[?1016$p\u{1B}[?2026$p\u{1B}[?1;1;0S\u{1B}[?2;4;0S\u{1B}[16t\u{1B}[?2;1;0S"
    if !found.insideTmux, !found.insideScreen {
      text += "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
      // A terminal that takes a 24-bit colour gives it back when asked for its attributes.
      text += "\u{1B}[48;2;1;2;3m\u{1B}P$qm\u{1B}\\\u{1B}[m"
    }
    return Array((text + "\u{1B}[5n\u{1B}[c").utf8)
  }

  /// Starts over for the cell size alone, after the window changed, and returns what to send.
  public mutating func beginResize() -> [UInt8] {
    guard asks, found.answered else { return [] }
    isComplete = false
    expectsMaximum = false
    reportedCell = nil
    graphicsArea = nil
    return Array("\u{1B}[16t\u{1B}[?2;1;0S\u{1B}[c".utf8)
  }

  // MARK: Answers

  /// Takes an answer.
  public mutating func receive(_ reply: TerminalReply) {
    switch reply {
    case .version(let name): found.terminalName = VisibleText.visible(name)
    case .primaryAttributes(let attributes):
      found.sixel = attributes.dropFirst().contains(4)
      found.answered = true
      isComplete = true
    case .graphicsAttribute(item: 1, status: 0, let values):
      if let count = values.first, count >= 2 { found.sixelColors = count }
    case .graphicsAttribute(item: 2, let status, let values):
      let size = status == 0 && values.count == 2 ? PixelSize(width: values[0], height: values[1]) : nil
      if expectsMaximum { found.sixelMaximum = size } else { graphicsArea = size }
      expectsMaximum = false
    case .windowReport(let values) where values.count == 3 && values[0] == 6:
      reportedCell = PixelSize(width: values[2], height: values[1])
    case .mode(1016, let state): found.pixelMouse = (1...3).contains(state)
    case .mode(2026, let state): found.synchronizedOutput = (1...3).contains(state)
    case .kittyGraphics(let text): found.kitty = text.hasSuffix(";OK")
    case .deviceStatus(0): found.reportsStatus = true
    case .setting(isValid: true, let text):
      let takesColor = text.contains("48:2:") && text.hasSuffix("1:2:3m") || text.contains("48;2;1;2;3")
      if takesColor, environment["VIGNETTE_COLORS"] == nil, !has("NO_COLOR") { found.colorDepth = .trueColor }
    default: break
    }
  }

  /// Sums up the answers so far.
  ///
  /// - Parameters:
  ///   - size: The screen in cells.
  ///   - window: The screen in pixels as the terminal device has it; nil when it does not know.
  public func capabilities(size: ScreenSize, window: PixelSize?) -> Capabilities {
    var result = found
    let cell = cellSize(size: size, window: window)
    result.cellWidth = cell.size.width
    result.cellHeight = cell.size.height
    result.cellSizeSource = cell.source
    if cell.source == .assumed { result.pixelMouse = false }
    result.inlineImages = hasInlineImages
    return result
  }

  /// Whether the terminal is one of those that show iTerm2's inline images; no query asks for them.
  private var hasInlineImages: Bool {
    guard !found.insideTmux, !found.insideScreen else { return false }
    let programs = ["iTerm.app", "WezTerm"]
    return ["iTerm2", "WezTerm"].contains { found.terminalName?.hasPrefix($0) == true }
      || programs.contains(environment["TERM_PROGRAM"] ?? "") || environment["LC_TERMINAL"] == "iTerm2"
  }

  // MARK: Cell size

  private func cellSize(
    size: ScreenSize, window: PixelSize?
  ) -> (size: PixelSize, source: Capabilities.CellSizeSource) {
    if let cell = environment["VIGNETTE_CELL_SIZE"].flatMap(Self.parseSize), isPlausible(cell) {
      return (cell, .reported)
    }
    if let cell = reportedCell, isPlausible(cell) { return (cell, .reported) }
    if let cell = graphicsArea.map({ divide($0, by: size) }), isPlausible(cell), !isClipped {
      return (cell, .graphicsArea)
    }
    if let cell = window.map({ divide($0, by: size) }), isPlausible(cell) { return (cell, .window) }
    return (PixelSize(width: 10, height: 20), .assumed)
  }

  /// Whether the text area was cut to the largest image, so that it does not tell the cell size.
  private var isClipped: Bool {
    guard let area = graphicsArea, let maximum = found.sixelMaximum else { return false }
    return area.width >= maximum.width || area.height >= maximum.height
  }

  private func divide(_ pixels: PixelSize, by size: ScreenSize) -> PixelSize {
    PixelSize(width: pixels.width / max(size.columns, 1), height: pixels.height / max(size.rows, 1))
  }

  private func isPlausible(_ cell: PixelSize) -> Bool {
    (2...200).contains(cell.width) && (3...400).contains(cell.height)
  }

  private static func parseSize(_ text: String) -> PixelSize? {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    return parts.count == 2 ? PixelSize(width: parts[0], height: parts[1]) : nil
  }

  // MARK: Colours

  private var initialColorDepth: ColorDepth {
    switch environment["VIGNETTE_COLORS"] {
    case "truecolor": return .trueColor
    case "256": return .palette256
    case "16": return .palette16
    case "none": return .monochrome
    default: break
    }
    let terminalType = environment["TERM"] ?? ""
    if has("NO_COLOR") || ["", "dumb"].contains(terminalType) || terminalType.hasSuffix("-mono") {
      return .monochrome
    }
    // tmux takes every colour and shows what its own terminal can.
    if found.insideTmux { return .trueColor }
    let announced = environment["COLORTERM"]?.lowercased()
    if announced == "truecolor" || announced == "24bit" || terminalType.hasSuffix("-direct") {
      return .trueColor
    }
    return terminalType.contains("256color") ? .palette256 : .palette16
  }
}
