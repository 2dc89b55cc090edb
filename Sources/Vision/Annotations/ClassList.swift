/// The classes of a project's objects, in the order that files number them by.
///
///     [[class]]
///     name = "cat"
///     color = "#e69f00"
///     key = "c"
public struct ClassList: Sendable, Hashable {
  /// One class.
  public struct Entry: Sendable, Hashable {
    /// Its name, which objects refer to.
    public var name: String
    /// The colour of its objects.
    public var color: ObjectColor
    /// The key that gives it to an object; nil for none.
    public var key: Character?

    /// Makes a class.
    public init(name: String, color: ObjectColor, key: Character? = nil) {
      self.name = name
      self.color = color
      self.key = key
    }
  }

  /// The name of the file of classes in a folder of images.
  public static let fileName = "classes.toml"

  /// The classes in their order.
  public let entries: [Entry]
  private let places: [String: Int]

  /// Makes a list; of two classes of the same name the first counts.
  public init(_ entries: [Entry] = []) {
    self.entries = entries
    places = Dictionary(entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether there are none.
  public var isEmpty: Bool { entries.isEmpty }

  /// Returns the place of a class, counted from 0; nil for one that is not in the list.
  public func index(of name: String) -> Int? { places[name] }

  /// The class of a name; nil for one that is not in the list.
  public subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  /// Returns the class that a key gives; nil when none does.
  public func entry(forKey key: Character) -> Entry? { entries.first { $0.key == key } }

  /// The colour of a class without one of its own.
  static func color(at index: Int) -> ObjectColor { ObjectColor.palette[index % ObjectColor.palette.count] }
}
