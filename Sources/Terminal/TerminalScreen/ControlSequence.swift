/// A complete `CSI` sequence from the terminal.
struct ControlSequence {
  /// One of `< = > ?` before the parameters.
  private var prefix: UInt8?
  private var parameters: [Int] = []
  /// The byte between parameters and final, such as `$`.
  private var intermediate: UInt8?
  private var final: UInt8

  /// - Parameters:
  ///   - body: What stood between `CSI` and the final byte: 0x20 to 0x3F.
  ///   - final: The final byte.
  init(body: [UInt8], final: UInt8) {
    self.final = final
    var rest = body[...]
    if let first = rest.first, (0x3C...0x3F).contains(first) {
      prefix = first
      rest = rest.dropFirst()
    }
    if let index = rest.firstIndex(where: { $0 < 0x30 }) {
      intermediate = rest[index]
      rest = rest[..<index]
    }
    guard !rest.isEmpty else { return }
    for field in rest.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      // A field may have sub-parameters after a colon; the first says enough.
      let digits = field.prefix { $0 != UInt8(ascii: ":") }.prefix(9)
      parameters.append(digits.reduce(0) { $0 * 10 + max(Int($1) - 0x30, 0) })
    }
  }

  var isPasteStart: Bool { prefix == nil && final == UInt8(ascii: "~") && parameters.first == 200 }

  var mouseReport: MouseReport? {
    guard prefix == UInt8(ascii: "<"), parameters.count == 3, final | 0x20 == UInt8(ascii: "m") else {
      return nil
    }
    return MouseReport(
      code: parameters[0], x: parameters[1], y: parameters[2], isRelease: final == UInt8(ascii: "m"))
  }

  /// The key, focus change or answer that the sequence stands for.
  var event: Event? {
    switch (prefix, Character(Unicode.Scalar(final))) {
    case (UInt8(ascii: "?"), "c"): return .reply(.primaryAttributes(parameters))
    case (UInt8(ascii: "?"), "S") where parameters.count >= 2:
      return .reply(
        .graphicsAttribute(item: parameters[0], status: parameters[1], values: Array(parameters.dropFirst(2)))
      )
    case (UInt8(ascii: "?"), "y") where intermediate == UInt8(ascii: "$") && parameters.count == 2:
      return .reply(.mode(parameters[0], state: parameters[1]))
    case (nil, "t"): return .reply(.windowReport(parameters))
    case (nil, "n") where parameters.count == 1: return .reply(.deviceStatus(parameters[0]))
    case (nil, "I"): return .focus(true)
    case (nil, "O"): return .focus(false)
    case (nil, "~") where parameters.count == 3 && parameters[0] == 27:
      return character(parameters[2], modifier: parameters[1])
    case (nil, "~"):
      return KeySequences.tilde[parameters.first ?? 0].map { key($0, modifier: parameters.dropFirst().first) }
    case (nil, "u"):
      return character(parameters.first ?? 0, modifier: parameters.dropFirst().first ?? 1)
    case (nil, _):
      return KeySequences.letters[final].map { key($0, modifier: parameters.dropFirst().first) }
    default: return nil
    }
  }

  private func key(_ code: Key.Code, modifier: Int?) -> Event {
    let modifiers = Self.modifiers(modifier ?? 1)
    if code == .backTab { return .key(Key(code, modifiers: modifiers.subtracting(.shift))) }
    return .key(Key(code, modifiers: modifiers))
  }

  /// A key by its Unicode value, as `CSI u` and xterm's modifyOtherKeys send it.
  private func character(_ value: Int, modifier: Int) -> Event? {
    let modifiers = Self.modifiers(modifier)
    switch value {
    case 9: return .key(modifiers.contains(.shift) ? Key(.backTab) : Key(.tab, modifiers: modifiers))
    case 13: return .key(Key(.enter, modifiers: modifiers))
    case 27: return .key(Key(.escape, modifiers: modifiers))
    case 8, 127: return .key(Key(.backspace, modifiers: modifiers))
    default:
      guard value >= 0x20, let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
        return nil
      }
      return .key(Key(.character(Character(scalar)), modifiers: modifiers.subtracting(.shift)))
    }
  }

  /// The modifiers from the number that xterm sends: one more than shift 1, alt 2, control 4, meta 8.
  private static func modifiers(_ number: Int) -> Modifiers {
    let bits = max(number - 1, 0)
    var modifiers = Modifiers(rawValue: UInt8(bits & 7))
    if bits & 8 != 0 { modifiers.insert(.alt) }
    return modifiers
  }
}
