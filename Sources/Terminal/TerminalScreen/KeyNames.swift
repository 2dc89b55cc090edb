/// The names of keys in settings and help: `q`, `?`, `ctrl-r`, `shift-left`, `alt-x`, `f5`, `page-down`.
extension Key: CustomStringConvertible {
  private static let names: [(name: String, code: Code)] = [
    ("enter", .enter), ("escape", .escape), ("tab", .tab), ("shift-tab", .backTab), ("up", .up),
    ("down", .down), ("left", .left), ("right", .right), ("home", .home), ("end", .end),
    ("page-up", .pageUp), ("page-down", .pageDown), ("insert", .insert), ("backspace", .backspace),
    ("delete", .delete), ("space", .character(" ")), ("minus", .character("-")),
  ]

  /// Parses a key's name; nil when there is no such key.
  public init?(_ name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    parsing: while true {
      if let known = Self.names.first(where: { $0.name == rest.lowercased() }) {
        self.init(known.code, modifiers: modifiers)
        return
      }
      for (prefix, modifier) in [("ctrl-", Modifiers.control), ("alt-", .alt), ("shift-", .shift)]
      where rest.lowercased().hasPrefix(prefix) && rest.count > prefix.count {
        modifiers.insert(modifier)
        rest = rest.dropFirst(prefix.count)
        continue parsing
      }
      break
    }
    if rest.count == 1, let character = rest.first {
      if modifiers.contains(.shift), character.isLetter {
        self.init(.character(Character(character.uppercased())), modifiers: modifiers.subtracting(.shift))
      } else {
        self.init(.character(character), modifiers: modifiers)
      }
    } else if rest.lowercased().hasPrefix("f"), let number = Int(rest.dropFirst()), (1...24).contains(number)
    {
      self.init(.function(number), modifiers: modifiers)
    } else {
      return nil
    }
  }

  public var description: String {
    var prefix = ""
    if modifiers.contains(.control) { prefix += "ctrl-" }
    if modifiers.contains(.alt) { prefix += "alt-" }
    if modifiers.contains(.shift) { prefix += "shift-" }
    if code == .character("-"), prefix.isEmpty { return "-" }
    if let known = Self.names.first(where: { $0.code == code }) { return prefix + known.name }
    switch code {
    case .function(let number): return prefix + "f\(number)"
    case .character(let character): return prefix + String(character)
    default: return prefix
    }
  }
}
