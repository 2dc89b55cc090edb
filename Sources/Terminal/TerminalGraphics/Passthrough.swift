/// Carries sequences through tmux to the terminal around it, if its option `allow-passthrough` is on.
enum Passthrough {
  /// Returns a sequence as tmux passes it on: every ESC in it twice, in a DCS of tmux's own.
  static func wrap(_ sequence: [UInt8]) -> [UInt8] {
    var result = Array("\u{1B}Ptmux;".utf8)
    result.reserveCapacity(sequence.count + 16)
    for byte in sequence {
      if byte == 0x1B { result.append(byte) }
      result.append(byte)
    }
    return result + [0x1B, UInt8(ascii: "\\")]
  }
}
