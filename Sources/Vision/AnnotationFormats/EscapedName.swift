/// Names within names of files and lines of text: what cannot stand there is written as % and two hexadecimal digits
/// for each byte, as in addresses of the web.
enum EscapedName {
  /// Writes control characters, `%` and characters of choice so; also a dot or a number sign at the beginning.
  static func escaped(_ name: String, also others: String) -> String {
    var result = ""
    for (index, scalar) in name.unicodeScalars.enumerated() {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      if isControl || scalar == "%" || others.unicodeScalars.contains(scalar)
        || index == 0 && (scalar == "." || scalar == "#")
      {
        for byte in String(scalar).utf8 { result += "%" + String(Int(byte) + 0x100, radix: 16).dropFirst() }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Reads what `escaped` writes; other uses of % stay.
  static func unescaped(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
        rest.count >= 2, rest[rest.startIndex] != UInt8(ascii: "+")
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
