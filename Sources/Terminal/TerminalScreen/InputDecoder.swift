/// Turns the bytes that a terminal sends into events.
///
/// The decoder sees one byte at a time, so how the bytes are cut into reads never changes the events. What it
/// does not know it swallows whole: an unknown sequence or a late answer never turns into key presses. Follows
/// ECMA-48 for the shape of sequences and xterm's ctlseqs for their meaning.
public struct InputDecoder: Sendable {
  /// The size of a cell in pixels while the terminal reports the mouse in pixels (mode 1016); nil for cells.
  public var pixelMouseCell: PixelSize?

  enum State: Sendable {
    case ground
    /// Inside a UTF-8 character, with the number of bytes still to come.
    case utf8(remaining: Int)
    case escape
    case controlSequence
    /// After `ESC O`.
    case singleShift
    /// After `CSI [`, as the Linux console starts F1 to F5.
    case consoleFunction
    /// After `CSI M`: three bytes of an old mouse report.
    case legacyMouse
    /// A DCS, OSC, APC, PM or SOS string, by the byte after its ESC.
    case string(introducer: UInt8)
    /// After an ESC inside such a string, which may be the start of ST.
    case stringEscape(introducer: UInt8)
    case paste
  }

  private var state = State.ground
  /// The bytes of the unfinished character, sequence, string or paste.
  private var collected: [UInt8] = []
  /// Whether ESC came before the unfinished character.
  private var isAlt = false
  private var events: [Event] = []

  private static let sequenceLimit = 256
  private static let stringLimit = 4096
  private static let pasteLimit = 1 << 20
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  public init() {}

  /// How long to wait for more bytes before calling `flush`; nil when nothing is unfinished.
  ///
  /// 50 ms tell a lone Escape key from a sequence; an answer cut in two on the network gets longer.
  public var pendingTimeout: Duration? {
    switch state {
    case .ground: nil
    case .escape, .singleShift: .milliseconds(50)
    case .controlSequence, .string: .milliseconds(collected.isEmpty ? 50 : 500)
    case .utf8, .consoleFunction, .legacyMouse, .stringEscape: .milliseconds(500)
    case .paste: .seconds(2)
    }
  }

  /// Decodes bytes, which may end inside a sequence.
  ///
  /// - Returns: The events that these bytes complete, in order.
  public mutating func decode(_ bytes: some Sequence<UInt8>) -> [Event] {
    for byte in bytes { take(byte) }
    defer { events.removeAll() }
    return events
  }

  /// Ends what is unfinished because nothing more came: a lone ESC is the Escape key, `ESC [` is Alt and `[`.
  public mutating func flush() -> [Event] {
    switch state {
    case .escape: emit(.escape)
    case .singleShift: emit(.character("O"), .alt)
    case .controlSequence where collected.isEmpty: emit(.character("["), .alt)
    case .string(let introducer) where collected.isEmpty:
      emit(.character(Character(Unicode.Scalar(introducer))), .alt)
    case .paste: finishPaste()
    default: break
    }
    reset()
    defer { events.removeAll() }
    return events
  }

  private mutating func reset() {
    state = .ground
    collected.removeAll(keepingCapacity: true)
    isAlt = false
  }

  private mutating func emit(_ code: Key.Code, _ modifiers: Modifiers = []) {
    events.append(.key(Key(code, modifiers: isAlt ? modifiers.union(.alt) : modifiers)))
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeGround(byte)
    case .utf8(let remaining): takeContinuation(byte, remaining: remaining)
    case .escape: takeEscape(byte)
    case .controlSequence: takeControlSequence(byte)
    case .singleShift:
      let code = KeySequences.singleShift[byte]
      reset()
      if let code { emit(code) } else if byte < 0x20 { takeGround(byte) }
    case .consoleFunction:
      reset()
      if (0x41...0x45).contains(byte) { emit(.function(Int(byte) - 0x40)) }
    case .legacyMouse:
      collected.append(byte)
      if collected.count == 3 {
        let values = collected.map { Int($0) - 32 }
        reset()
        append(
          MouseReport(code: values[0], x: values[1], y: values[2], isRelease: values[0] & 3 == 3), pixels: nil
        )
      }
    case .string(let introducer): takeString(byte, introducer: introducer)
    case .stringEscape(let introducer):
      if byte == 0x5C {  // ST
        finishString(introducer: introducer)
      } else {  // the string was broken off by another sequence
        reset()
        state = .escape
        takeEscape(byte)
      }
    case .paste:
      // Past the limit only the tail is kept, in which the end is recognised.
      if collected.count >= Self.pasteLimit { collected.remove(at: Self.pasteLimit - Self.pasteEnd.count) }
      collected.append(byte)
      if byte == 0x7E, collected.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
        collected.removeLast(Self.pasteEnd.count)
        finishPaste()
        reset()
      }
    }
  }

  private mutating func takeGround(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .escape
    case 0x00: emit(.character(" "), .control)
    case 0x08, 0x7F: emit(.backspace)
    case 0x09: emit(.tab)
    case 0x0D: emit(.enter)
    case 0x01..<0x1B: emit(.character(Character(Unicode.Scalar(byte + 0x60))), .control)
    case 0x1C..<0x20: emit(.character(Character(Unicode.Scalar(byte + 0x40))), .control)
    case 0x20..<0x7F: emit(.character(Character(Unicode.Scalar(byte))))
    case 0xC2..<0xE0: startCharacter(byte, remaining: 1)
    case 0xE0..<0xF0: startCharacter(byte, remaining: 2)
    case 0xF0..<0xF5: startCharacter(byte, remaining: 3)
    default: break  // not UTF-8
    }
    if case .utf8 = state {} else if case .escape = state {} else { isAlt = false }
  }

  private mutating func startCharacter(_ byte: UInt8, remaining: Int) {
    collected = [byte]
    state = .utf8(remaining: remaining)
  }

  private mutating func takeContinuation(_ byte: UInt8, remaining: Int) {
    guard (0x80..<0xC0).contains(byte) else {
      reset()
      takeGround(byte)
      return
    }
    collected.append(byte)
    guard remaining == 1 else {
      state = .utf8(remaining: remaining - 1)
      return
    }
    if let text = String(validating: collected, as: UTF8.self), let character = text.first {
      emit(.character(character))
    }
    reset()
  }

  private mutating func takeEscape(_ byte: UInt8) {
    switch byte {
    case 0x1B: emit(.escape)  // the second ESC may start a sequence
    case 0x5B: state = .controlSequence
    case 0x4F: state = .singleShift
    case 0x50, 0x58, 0x5D, 0x5E, 0x5F: state = .string(introducer: byte)
    default:
      state = .ground
      isAlt = true
      takeGround(byte)
    }
  }

  private mutating func takeControlSequence(_ byte: UInt8) {
    switch byte {
    case 0x5B where collected.isEmpty: state = .consoleFunction
    case 0x4D where collected.isEmpty: state = .legacyMouse
    case 0x20..<0x40:
      // A sequence this long means nothing; its bytes are swallowed to the end.
      if collected.count < Self.sequenceLimit { collected.append(byte) }
    case 0x40..<0x7F:
      let sequence = ControlSequence(body: collected, final: byte)
      reset()
      finish(sequence)
    default:
      reset()
      takeGround(byte)
    }
  }

  private mutating func finish(_ sequence: ControlSequence) {
    if sequence.isPasteStart {
      state = .paste
    } else if let report = sequence.mouseReport {
      append(report, pixels: pixelMouseCell)
    } else if let event = sequence.event {
      events.append(event)
    }
  }

  private mutating func append(_ report: MouseReport, pixels: PixelSize?) {
    if let mouse = report.mouse(pixelCell: pixels) { events.append(.mouse(mouse)) }
  }

  private mutating func takeString(_ byte: UInt8, introducer: UInt8) {
    switch byte {
    case 0x1B: state = .stringEscape(introducer: introducer)
    case 0x18, 0x1A: reset()
    case 0x07 where introducer == 0x5D: finishString(introducer: introducer)
    default:
      if collected.count < Self.stringLimit { collected.append(byte) }
    }
  }

  private mutating func finishString(introducer: UInt8) {
    if let reply = TerminalReply(introducer: introducer, text: String(decoding: collected, as: UTF8.self)) {
      events.append(.reply(reply))
    }
    reset()
  }

  private mutating func finishPaste() {
    let text = String(decoding: collected, as: UTF8.self)
    events.append(.paste(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")))
  }
}
