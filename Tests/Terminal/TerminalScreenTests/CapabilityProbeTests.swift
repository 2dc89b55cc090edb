import TerminalScreen
import Testing

/// The answers are those that the named terminals were seen to give.
@Suite struct CapabilityProbeTests {
  private func probe(
    _ answers: String, environment: [String: String] = ["TERM": "xterm-256color"], columns: Int = 80,
    rows: Int = 24,
    window: PixelSize? = nil
  ) -> Capabilities {
    var probe = CapabilityProbe(environment: environment)
    var decoder = InputDecoder()
    for case .reply(let reply) in decoder.decode(Array(answers.utf8)) { probe.receive(reply) }
    #expect(probe.isComplete)
    return probe.capabilities(size: ScreenSize(columns: columns, rows: rows), window: window)
  }

  @Test func xtermAsVT340() {
    let found = probe(
      "\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?1016;2$y\u{1B}[?2026;0$y\u{1B}[?1;0;1024S\u{1B}[?2;0;1000;1000S"
        + "\u{1B}[?2;0;480;312S\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\\u{1B}[?63;1;2;4;6;9;15;16;22;28c",
      window: PixelSize(width: 484, height: 316))
    #expect(found.sixel && found.pixelMouse && found.trueColor && !found.synchronizedOutput && !found.kitty)
    #expect(found.sixelColors == 1024)
    #expect(found.sixelMaximum == PixelSize(width: 1000, height: 1000))
    #expect(found.cellWidth == 6 && found.cellHeight == 13 && found.cellSizeSource == .graphicsArea)
    #expect(found.terminalName == "XTerm(379)")
  }

  @Test func xtermWithoutSixelRefusesGraphics() {
    let found = probe(
      "\u{1B}[?1;3S\u{1B}[?2;3S\u{1B}[?2;3S\u{1B}[?64;1;2;6;9;15;16;17;18;21;22;28c",
      window: PixelSize(width: 484, height: 316))
    #expect(!found.sixel)
    #expect(found.sixelMaximum == nil)
    #expect(found.cellWidth == 6 && found.cellHeight == 13 && found.cellSizeSource == .window)
  }

  @Test func mltermAnswersAboutTheWrongItem() {
    let found = probe(
      "\u{1B}[?1016;0$y\u{1B}[?2026;0$y\u{1B}[?1;0;1024S\u{1B}[?1;3;0S\u{1B}[6;22;10t\u{1B}[?1;3;0S"
        + "\u{1B}[?63;1;2;3;4;7;29c")
    #expect(found.sixel && !found.pixelMouse)
    #expect(found.sixelColors == 1024)
    #expect(found.cellWidth == 10 && found.cellHeight == 22 && found.cellSizeSource == .reported)
  }

  @Test func tmuxAnswersLittle() {
    let found = probe(
      "\u{1B}P>|tmux 3.3a\u{1B}\\\u{1B}[?1;2c", environment: ["TERM": "tmux-256color", "TMUX": "x"])
    #expect(!found.sixel && found.insideTmux && !found.insideScreen && !found.pixelMouse)
    #expect(found.cellSizeSource == .assumed && found.colorDepth == .trueColor)
  }

  @Test func kittyAndITerm2AreKnown() {
    let kitty = probe(PseudoTerminal.kittyAnswers[0].reply)
    #expect(kitty.kitty && kitty.reportsStatus && !kitty.inlineImages && !kitty.sixel)
    let iterm2 = probe("\u{1B}P>|iTerm2 3.5.2\u{1B}\\\u{1B}[?64;1;2;4;6;22c")
    #expect(iterm2.inlineImages && !iterm2.kitty)
    let inTmux = probe(
      "\u{1B}P>|tmux 3.3a\u{1B}\\\u{1B}[?1;2c",
      environment: ["TERM": "tmux-256color", "TMUX": "x", "LC_TERMINAL": "iTerm2"])
    #expect(!inTmux.inlineImages && !inTmux.kitty)
  }

  @Test func areaCutToTheLargestImageIsNotTrusted() {
    let found = probe(
      "\u{1B}[?2;0;1000;1000S\u{1B}[?2;0;1000;700S\u{1B}[?63;4c", columns: 200, rows: 50,
      window: PixelSize(width: 1204, height: 704))
    #expect(found.cellWidth == 6 && found.cellHeight == 14 && found.cellSizeSource == .window)
  }

  @Test func nothingThatLeavesTracesIsAsked() {
    func queries(_ environment: [String: String]) -> String {
      String(decoding: CapabilityProbe(environment: environment).queries, as: UTF8.self)
    }
    #expect(queries(["TERM": "xterm"]).contains("\u{1B}_G"))
    #expect(queries(["TERM": "xterm"]).hasSuffix("\u{1B}[c"))
    for environment in [["TERM": "tmux-256color"], ["TERM": "xterm", "TMUX": "x"], ["TERM": "screen"]] {
      #expect(!queries(environment).contains("\u{1B}_G"), "\(environment)")
      #expect(queries(environment).hasSuffix("\u{1B}[c"), "\(environment)")
    }
    for environment in [
      [:], ["TERM": "dumb"], ["TERM": "linux"], ["TERM": "xterm", "VIGNETTE_PROBE": "off"],
    ] {
      #expect(queries(environment).isEmpty, "\(environment)")
    }
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], ColorDepth.palette256), (["TERM": "xterm"], .palette16),
    (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .trueColor), (["TERM": "foot-direct"], .trueColor),
    (["TERM": "xterm-256color", "NO_COLOR": "1", "COLORTERM": "truecolor"], .monochrome),
    (["TERM": "xterm-256color", "VIGNETTE_COLORS": "16"], .palette16), (["TERM": "vt100-mono"], .monochrome),
  ])
  func colorDepth(environment: [String: String], depth: ColorDepth) {
    #expect(probe("\u{1B}[?1;2c", environment: environment).colorDepth == depth, "\(environment)")
  }

  @Test func environmentOverridesAnswers() {
    let environment = ["TERM": "xterm", "VIGNETTE_CELL_SIZE": "9x18", "VIGNETTE_COLORS": "256"]
    let found = probe("\u{1B}[6;20;10t\u{1B}P1$r48:2:1:2:3m\u{1B}\\\u{1B}[?62;4c", environment: environment)
    #expect(found.cellWidth == 9 && found.cellHeight == 18 && found.colorDepth == .palette256)
  }

  @Test func resizeAsksForTheCellSizeAgain() {
    var probe = CapabilityProbe(environment: ["TERM": "xterm"])
    #expect(probe.beginResize().isEmpty)
    for reply: TerminalReply in [
      .graphicsAttribute(item: 2, status: 0, values: [1000, 1000]),
      .graphicsAttribute(item: 2, status: 0, values: [480, 312]), .primaryAttributes([63, 4]),
    ] { probe.receive(reply) }
    #expect(!probe.beginResize().isEmpty)
    #expect(!probe.isComplete)
    probe.receive(.graphicsAttribute(item: 2, status: 0, values: [800, 480]))
    probe.receive(.primaryAttributes([63, 4]))
    let found = probe.capabilities(size: ScreenSize(columns: 80, rows: 24), window: nil)
    #expect(found.cellWidth == 10 && found.cellHeight == 20)
    #expect(found.sixelMaximum == PixelSize(width: 1000, height: 1000))
  }

  @Test(arguments: [("", Duration.milliseconds(300)), ("1.2.3.4 5 6.7.8.9 22", .milliseconds(1500))])
  func patienceDependsOnTheConnection(connection: String, timeout: Duration) {
    #expect(CapabilityProbe(environment: ["SSH_CONNECTION": connection]).timeout == timeout)
  }
}
