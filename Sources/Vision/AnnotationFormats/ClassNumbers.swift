/// The numbers of classes, from 0: first those of a given order, then others as they come.
struct ClassNumbers {
  /// What objects without a class are called where a format needs a name.
  static let unnamed = "object"

  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  init(_ names: [String]) {
    for name in names { _ = number(of: name) }
  }

  /// The number of a class.
  mutating func number(of name: String?) -> Int {
    let name = name ?? Self.unnamed
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
