import Foundation
import TerminalScreen
import Testing

/// The real screen on a pseudo-terminal whose far end answers as terminals were seen to answer.
@Suite(.serialized) struct NcursesScreenTests {
  private static let environment = ["TERM": "xterm-256color"]
  private static let sixel = "\u{1B}P0;1;0q\"1;1;24;12#0;2;0;0;0#0!24~-#0!24~\u{1B}\\"

  private static func frame(_ size: ScreenSize, generation: Int = 1, text: String = "hello") -> (
    CellBuffer, [Graphic]
  ) {
    var cells = CellBuffer(width: size.columns, height: size.rows)
    let rect = Rect(x: 1, y: 1, width: 4, height: 1)
    cells.fill(rect, with: .picture)
    cells.write(text, x: 0, y: 3, style: Style(foreground: .hex(0xFF0000), bold: true))
    return (
      cells,
      [Graphic(identity: "image", generation: generation, rect: rect, content: .sequence(Array(sixel.utf8)))]
    )
  }

  @Test func probesShowsFramesAndRestores() throws {
    let terminal = try PseudoTerminal(pixels: (484, 316), answers: PseudoTerminal.xtermAnswers)
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    #expect(screen.size == ScreenSize(columns: 80, rows: 24))
    #expect(screen.capabilities.sixel && screen.capabilities.pixelMouse && screen.capabilities.trueColor)
    #expect(screen.capabilities.cellWidth == 6 && screen.capabilities.cellHeight == 13)
    #expect(!terminal.isCooked)
    let (cells, graphics) = Self.frame(screen.size)
    screen.present(cells, graphics: graphics)
    #expect(terminal.waits(for: "\u{1B}7\u{1B}[2;2H" + Self.sixel + "\u{1B}8"))
    #expect(screen.statistics.graphicsByteCount == Self.sixel.utf8.count + 10)
    let shown = terminal.text
    for mode in ["?1049h", "?1002h", "?1006h", "?1016h", "?2004h"] {
      #expect(shown.contains("\u{1B}[" + mode), "\(mode)")
    }
    #expect(shown.contains("hello"))
    #expect(!shown.contains("?2026h") && !shown.contains("?80"))
    screen.present(cells, graphics: graphics)
    #expect(screen.statistics.graphicsByteCount == 0)
    screen.close()
    screen.close()
    #expect(terminal.waits(for: "\u{1B}[?1049l"))
    let rest = String(terminal.text.dropFirst(shown.count))
    for mode in ["?1002l", "?1006l", "?1016l", "?2004l", "?1004l"] {
      #expect(rest.contains("\u{1B}[" + mode), "\(mode)")
    }
    #expect(terminal.isCooked)
  }

  @Test func framesAreSynchronizedWhereTheTerminalCan() throws {
    let terminal = try PseudoTerminal(answers: PseudoTerminal.footAnswers)
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    #expect(screen.capabilities.cellWidth == 7 && screen.capabilities.cellHeight == 14)
    let (cells, graphics) = Self.frame(screen.size)
    screen.present(cells, graphics: graphics)
    #expect(terminal.waits(for: "\u{1B}8\u{1B}[?2026l"))
    let parts = terminal.text.components(separatedBy: "\u{1B}[?2026h")
    #expect(parts.count == 2 && parts[1].contains("hello") && !parts[0].contains("hello"))
    screen.close()
  }

  /// Scrolling would move the pictures that stand beside the text.
  /// xterm takes what is written out of the pictures that it remembers, and not what is erased.
  @Test func blanksOverPicturesAreWrittenInXterm() throws {
    func bytes(_ answers: [PseudoTerminal.Answer]) throws -> String {
      let terminal = try PseudoTerminal(answers: answers)
      let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
      let (cells, graphics) = Self.frame(screen.size)
      screen.present(cells, graphics: graphics)
      #expect(terminal.waits(for: "hello"))
      let before = terminal.text.count
      var covered = cells
      covered.write(
        "box" + String(repeating: " ", count: 60) + "end", x: 0, y: 1, style: Style(background: .indexed(3)))
      screen.present(covered, graphics: graphics)
      #expect(terminal.waits(for: "end"))
      defer { screen.close() }
      return String(terminal.text.dropFirst(before))
    }
    #expect(try bytes(PseudoTerminal.footAnswers).contains("\u{1B}[60X"))
    let inXterm = try bytes(PseudoTerminal.xtermAnswers)
    #expect(!inXterm.contains("X") && !inXterm.contains("\u{1B}[K"), "\(inXterm.debugDescription)")
  }

  @Test func textThatMovesUpOrDownIsWrittenAgainAndNotScrolled() throws {
    let terminal = try PseudoTerminal(pixels: (484, 316), answers: PseudoTerminal.xtermAnswers)
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    defer { screen.close() }
    var shown = 0
    for (mark, shift) in [("first", 0), ("SECOND", 4), ("3rd_frame", 1)] {
      var cells = CellBuffer(width: screen.size.columns, height: screen.size.rows)
      for line in 0..<16 {
        cells.write("layer \(line) took \(line * 7919 % 100) ms", x: 40, y: line + shift, style: Style())
      }
      cells.write(mark, x: 0, y: 23, style: Style())
      screen.present(cells, graphics: [])
      try #require(terminal.waits(for: mark))
      if shift == 0 { shown = terminal.text.count }
    }
    let moves = String(terminal.text.dropFirst(shown))
    #expect(moves.contains("layer"))
    #expect(moves.firstMatch(of: /\u{1B}(\[[0-9;]*[rLMST]|[DM])/) == nil, "\(moves.debugDescription)")
  }

  @Test func eventsArriveAndOtherThreadsWake() throws {
    let terminal = try PseudoTerminal(pixels: (484, 316), answers: PseudoTerminal.xtermAnswers)
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    defer { screen.close() }
    terminal.send("\u{1B}[<0;101;40M")
    let mouse = Mouse(kind: .press, button: .left, column: 16, row: 3, pixelX: 100, pixelY: 39)
    #expect(screen.nextEvents(timeout: .seconds(5)) == [.mouse(mouse)])
    terminal.send("\u{1B}")
    #expect(screen.nextEvents(timeout: .seconds(5)) == [.key(Key(.escape))])
    let start = ContinuousClock.now
    #expect(screen.nextEvents(timeout: .milliseconds(30)).isEmpty)
    #expect(.now - start >= .milliseconds(30))
    Thread.detachNewThread { [waker = screen.waker] in
      usleep(50_000)
      waker.wake()
    }
    #expect(screen.nextEvents(timeout: .seconds(60)).isEmpty)
    #expect(.now - start < .seconds(30))
  }

  @Test func lateAnswersChangeTheCapabilitiesAndAreNoKeys() throws {
    let terminal = try PseudoTerminal(answers: [])
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    defer { screen.close() }
    #expect(!screen.capabilities.answered && !screen.capabilities.sixel)
    terminal.send(PseudoTerminal.footAnswers[0].reply + "q")
    var events: [Event] = []
    while !events.contains(.key(Key(.character("q")))) {
      let more = screen.nextEvents(timeout: .seconds(5))
      guard !more.isEmpty else { break }
      events += more
    }
    #expect(events == [.resize(columns: 80, rows: 24), .key(Key(.character("q")))])
    #expect(screen.capabilities.sixel && screen.capabilities.cellWidth == 7)
  }

  @Test func resizeAsksForTheCellsAndRedraws() throws {
    let again = PseudoTerminal.Answer(
      question: "\u{1B}[16t\u{1B}[?2;1;0S\u{1B}[c", reply: "\u{1B}[?2;0;600;300S\u{1B}[?63;1;2;4c")
    let terminal = try PseudoTerminal(pixels: (484, 316), answers: PseudoTerminal.xtermAnswers + [again])
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    defer { screen.close() }
    let (cells, graphics) = Self.frame(screen.size)
    screen.present(cells, graphics: graphics)
    terminal.resize(columns: 60, rows: 20, pixels: (604, 304))
    kill(getpid(), SIGWINCH)
    #expect(screen.nextEvents(timeout: .seconds(5)) == [.resize(columns: 60, rows: 20)])
    #expect(screen.size == ScreenSize(columns: 60, rows: 20))
    #expect(screen.capabilities.cellWidth == 10 && screen.capabilities.cellHeight == 15)
    let (newCells, newGraphics) = Self.frame(screen.size)
    screen.present(newCells, graphics: newGraphics)
    #expect(terminal.waits { $0.components(separatedBy: Self.sixel).count == 3 })
  }

  /// The terminal takes 4 kB at a time: presenting never waits, and the newest of the waiting frames is shown at last.
  @Test func aSlowTerminalNeverBlocks() throws {
    let terminal = try PseudoTerminal(answers: PseudoTerminal.xtermAnswers)
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    defer { screen.close() }
    let padding = String(repeating: "~", count: 300_000)
    let start = ContinuousClock.now
    for generation in 1...20 {
      let (cells, pictures) = Self.frame(screen.size, generation: generation, text: "frame \(generation)")
      var graphics = pictures
      graphics[0].content = .sequence(Array("\u{1B}P0;1;0q\(padding)#\(generation)\u{1B}\\".utf8))
      screen.present(cells, graphics: graphics)
    }
    let presenting = ContinuousClock.now - start
    var isShown = false
    for _ in 0..<2000 where !isShown {
      _ = screen.nextEvents(timeout: .milliseconds(5))
      isShown = terminal.text.hasSuffix("#20\u{1B}\\\u{1B}8")
    }
    #expect(isShown)
    #expect(!terminal.text.contains("~#10\u{1B}\\"), "frames between were not dropped")
    #expect(presenting < .seconds(2), "\(presenting)")
  }

  /// A terminal that says when it is done gets the next frame only then, and of those between only the newest.
  @Test func neverMoreThanOneFrameIsOnItsWay() throws {
    let terminal = try PseudoTerminal(answers: PseudoTerminal.kittyAnswers)
    let screen = try NcursesScreen(path: terminal.path, environment: Self.environment)
    defer { screen.close() }
    #expect(screen.capabilities.kitty && screen.capabilities.reportsStatus)
    func present(_ generation: Int) {
      let (cells, pictures) = Self.frame(screen.size, generation: generation)
      var graphics = pictures
      graphics[0].content = .sequence(Array("<frame \(generation)>".utf8))
      screen.present(cells, graphics: graphics)
    }
    present(1)
    #expect(terminal.waits(for: "<frame 1>"))
    present(2)
    present(3)
    #expect(screen.nextEvents(timeout: .milliseconds(60)).isEmpty)
    #expect(!terminal.text.contains("<frame 2>") && !terminal.text.contains("<frame 3>"))
    #expect(screen.statistics.roundTrip == nil)
    terminal.send("\u{1B}[0n")
    #expect(screen.nextEvents(timeout: .seconds(5)) == [.reply(.deviceStatus(0))])
    #expect(terminal.waits(for: "<frame 3>"))
    #expect(!terminal.text.contains("<frame 2>"))
    terminal.send("\u{1B}[0n")
    _ = screen.nextEvents(timeout: .seconds(5))
    #expect(screen.statistics.roundTrip ?? .zero > .zero)
  }

  @Test func aPathThatIsNoTerminalIsAnError() {
    #expect(throws: ScreenError.self) {
      _ = try NcursesScreen(path: "/dev/null", environment: Self.environment)
    }
    #expect(throws: ScreenError.self) {
      _ = try NcursesScreen(path: "/nonexistent", environment: Self.environment)
    }
  }

  @Test func aTerminalThatCannotMoveItsCursorIsAnError() throws {
    for type in ["dumb", "", "no-such-terminal"] {
      let terminal = try PseudoTerminal(answers: [])
      #expect(throws: ScreenError.self, "\(type)") {
        _ = try NcursesScreen(path: terminal.path, environment: ["TERM": type, "VIGNETTE_PROBE": "off"])
      }
      #expect(terminal.isCooked)
    }
  }
}
