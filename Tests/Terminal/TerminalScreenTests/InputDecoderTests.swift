import TerminalScreen
import TestSupport
import Testing

@Suite struct InputDecoderTests {
  private func decode(_ text: String) -> [Event] {
    var decoder = InputDecoder()
    return decoder.decode(Array(text.utf8)) + decoder.flush()
  }

  @Test(arguments: [
    ("q", "q"), ("\r", "enter"), ("\t", "tab"), ("\u{7F}", "backspace"), ("\u{08}", "backspace"),
    ("\u{12}", "ctrl-r"), ("\n", "ctrl-j"), ("\u{1A}", "ctrl-z"), ("\0", "ctrl-space"), ("\u{1F}", "ctrl-_"),
    ("é", "é"), ("日", "日"), ("😀", "😀"), ("\u{1B}", "escape"), ("\u{1B}x", "alt-x"), ("\u{1B}é", "alt-é"),
    ("\u{1B}\r", "alt-enter"), ("\u{1B}[", "alt-["), ("\u{1B}O", "alt-O"), ("\u{1B}P", "alt-P"),
    ("\u{1B}[A", "up"), ("\u{1B}OB", "down"), ("\u{1B}[1;5C", "ctrl-right"), ("\u{1B}[1;2D", "shift-left"),
    ("\u{1B}[1;7H", "ctrl-alt-home"), ("\u{1B}OF", "end"), ("\u{1B}[5~", "page-up"),
    ("\u{1B}[6;2~", "shift-page-down"),
    ("\u{1B}[3~", "delete"), ("\u{1B}[Z", "shift-tab"), ("\u{1B}OP", "f1"), ("\u{1B}[15~", "f5"),
    ("\u{1B}[24;5~", "ctrl-f12"),
    ("\u{1B}[1;2R", "shift-f3"), ("\u{1B}[[B", "f2"), ("\u{1B}[27;5;43~", "ctrl-+"),
    ("\u{1B}[114;5u", "ctrl-r"),
    ("\u{1B}[9;2u", "shift-tab"), ("\u{1B}Ok", "+"),
  ])
  func keys(bytes: String, name: String) throws {
    let key = try #require(Key(name))
    #expect(decode(bytes) == [.key(key)], "\(bytes.debugDescription)")
  }

  @Test(arguments: [
    ("\u{1B}[<0;10;5M", Mouse(kind: .press, button: .left, column: 9, row: 4)),
    ("\u{1B}[<2;1;1m", Mouse(kind: .release, button: .right, column: 0, row: 0)),
    ("\u{1B}[<33;3;4M", Mouse(kind: .drag, button: .middle, column: 2, row: 3)),
    ("\u{1B}[<35;3;4M", Mouse(kind: .move, column: 2, row: 3)),
    ("\u{1B}[<64;3;4M", Mouse(kind: .wheelUp, column: 2, row: 3)),
    ("\u{1B}[<85;3;4M", Mouse(kind: .wheelDown, column: 2, row: 3, modifiers: [.control, .shift])),
    ("\u{1B}[<0;0;0M", Mouse(kind: .press, button: .left, column: 0, row: 0)),
    ("\u{1B}[M !\"", Mouse(kind: .press, button: .left, column: 0, row: 1)),
  ])
  func mouseInCells(bytes: String, mouse: Mouse) {
    #expect(decode(bytes) == [.mouse(mouse)], "\(bytes.debugDescription)")
  }

  @Test func mouseInPixelsGivesCellAndPixel() {
    var decoder = InputDecoder()
    decoder.pixelMouseCell = PixelSize(width: 6, height: 13)
    let expected = Mouse(kind: .press, button: .left, column: 16, row: 3, pixelX: 100, pixelY: 39)
    #expect(decoder.decode(Array("\u{1B}[<0;101;40M".utf8)) == [.mouse(expected)])
  }

  @Test(arguments: [
    ("\u{1B}[?63;1;2;4c", TerminalReply.primaryAttributes([63, 1, 2, 4])),
    ("\u{1B}[?1;0;1024S", .graphicsAttribute(item: 1, status: 0, values: [1024])),
    ("\u{1B}[?2;3S", .graphicsAttribute(item: 2, status: 3, values: [])),
    ("\u{1B}[6;20;10t", .windowReport([6, 20, 10])), ("\u{1B}[?2026;2$y", .mode(2026, state: 2)),
    ("\u{1B}P>|XTerm(379)\u{1B}\\", .version("XTerm(379)")),
    ("\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\", .setting(isValid: true, "0;48:2::1:2:3m")),
    ("\u{1B}_Gi=31;OK\u{1B}\\", .kittyGraphics("i=31;OK")), ("\u{1B}[0n", .deviceStatus(0)),
  ])
  func replies(bytes: String, reply: TerminalReply) {
    #expect(decode(bytes) == [.reply(reply)], "\(bytes.debugDescription)")
  }

  @Test(arguments: [
    "\u{1B}[999X", "\u{1B}]11;rgb:0000/0000/0000\u{07}", "\u{1B}]0;title\u{1B}\\", "\u{1B}P+r\u{1B}\\",
    "\u{1B}[>41;379;0c", "\u{1B}[<1;2M", "\u{1B}[?1$z", "\u{1B}Oz", "\u{1B}[99999999999999999999~",
    "\u{1B}[<66;1;1M", "\u{1B}_x\u{18}",
  ])
  func unknownSequencesAreSwallowed(bytes: String) {
    #expect(decode(bytes + "q") == [.key(.character("q"))], "\(bytes.debugDescription)")
  }

  @Test func invalidUTF8IsDroppedAndTheNextCharacterKept() {
    var decoder = InputDecoder()
    #expect(
      decoder.decode([0xFF, 0xC3, 0x61, 0xE2, 0x82, 0x1B, 0x5B, 0x41, 0x80]) == [
        .key(.character("a")), .key(Key(.up)),
      ])
  }

  @Test func pasteIsOneEvent() {
    #expect(
      decode("\u{1B}[200~a\r\nb\rc\u{1B}[A;é\u{1B}[201~q") == [
        .paste("a\nb\nc\u{1B}[A;é"), .key(.character("q")),
      ])
    #expect(decode("\u{1B}[200~\u{1B}[201~") == [.paste("")])
    #expect(decode("\u{1B}[200~cut") == [.paste("cut")])
  }

  @Test func endlessInputStaysBounded() {
    var decoder = InputDecoder()
    _ = decoder.decode(Array("\u{1B}[200~".utf8))
    _ = decoder.decode([UInt8](repeating: 0x61, count: 1 << 20))
    for _ in 0..<4 { _ = decoder.decode([UInt8](repeating: 0x62, count: 4096)) }
    guard case .paste(let text)? = decoder.decode(Array("\u{1B}[201~".utf8)).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count <= 1 << 20)
    #expect(
      decoder.decode(Array("\u{1B}]".utf8) + [UInt8](repeating: 0x61, count: 1 << 20) + [0x07, 0x71]) == [
        .key(.character("q"))
      ])
  }

  @Test func focus() { #expect(decode("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)]) }

  @Test func escapeWaitsForMore() {
    var decoder = InputDecoder()
    #expect(decoder.pendingTimeout == nil)
    #expect(decoder.decode([0x1B]).isEmpty)
    #expect(decoder.pendingTimeout == .milliseconds(50))
    #expect(decoder.decode([0x1B]) == [.key(Key(.escape))])
    #expect(decoder.flush() == [.key(Key(.escape))])
    #expect(decoder.pendingTimeout == nil)
  }

  /// Random bytes, mostly parts of sequences, give the same events however they are cut.
  @Test(arguments: 0..<200)
  func chunkingNeverChangesTheEvents(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces: [[UInt8]] = [
      "\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}P", "\u{1B}]", "\u{1B}_G", "\u{1B}\\", "\u{1B}[<", "\u{1B}[?",
      ";", "1",
      "35", "M", "m", "A", "~", "c", "\u{07}", "\u{18}", "é", "日", "😀", "\u{1B}[200~", "\u{1B}[201~", "q",
      "\r",
      "\u{1B}[<0;10;20M", "\u{1B}[M",
    ].map { Array($0.utf8) }
    var bytes: [UInt8] = []
    while bytes.count < 400 {
      if random.next() % 4 == 0 {
        bytes.append(UInt8(truncatingIfNeeded: random.next()))
      } else {
        bytes += pieces[Int(random.next() % UInt64(pieces.count))]
      }
    }
    var whole = InputDecoder()
    let expected = whole.decode(bytes) + whole.flush()
    var cut = InputDecoder()
    var events: [Event] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int(random.next() % 7)
      events += cut.decode(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    events += cut.flush()
    #expect(events == expected, "seed \(seed)")
  }
}
