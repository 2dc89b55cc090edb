import TerminalScreen

/// Something the user can ask for: one row of the one table that the key map, the help and the hints read.
public struct Command: Sendable {
  /// Where commands are grouped in the help.
  public enum Group: String, CaseIterable, Sendable {
    case mark = "Mark"
    case objects = "Objects"
    case view = "View"
    case files = "Files"
    case panes = "Panes"
    case profile = "Measure"
    case program = "Program"
  }

  /// What has the keyboard; a key means one thing in each context.
  public enum Context: String, CaseIterable, Sendable {
    case image
    /// The picture while a drawing tool is in hand.
    case drawing
    case files
    case objects
    case history
    case layers
    /// The table of a face's parts, which stands in the place of the layers.
    case parts
    /// The help or the palette, where letters are typed.
    case search
    case tour
    case question
  }

  /// Whether a command can be carried out now.
  public enum Availability: Equatable, Sendable {
    case available
    /// Not now, and why; shown when the user tries.
    case unavailable(String)
  }

  /// What is different about a command in one context.
  public struct Local: Sendable {
    /// Keys that it has there besides its own.
    public let keys: [Key]
    /// What it does there in a word or two; nil for its title.
    public let title: String?
    /// Its part of the hint line there; nil for the same as elsewhere.
    public let hint: Int?

    init(keys: [String] = [], title: String? = nil, hint: Int? = nil) {
      self.keys = Command.keys(keys)
      self.title = title
      self.hint = hint
    }
  }

  /// A value that the palette takes after a command's name.
  public struct Argument: Sendable {
    /// What to type, such as `NAME`.
    public let name: String
    /// What a right value is, for the message about a wrong one.
    public let expected: String
    /// Values to choose from.
    public let completions: @Sendable (State) -> [String]
    /// Where in what was typed the path of a file begins, whose names complete it; nil when that is something else.
    var path: @Sendable (String) -> String.Index? = { _ in nil }
    /// What a value does; nil for a wrong one.
    public let action: @Sendable (String, State) -> Action?
  }

  /// The name in settings files, such as `zoom-in`.
  public let id: String
  /// What it does in a word or two, for the hint line.
  public let title: String
  /// What it does in a sentence without a full stop, for the help.
  public let help: String
  public let group: Group
  public let contexts: Set<Context>
  /// The keys it has unless the settings say otherwise.
  public let keys: [Key]
  /// The part of the hint line it appears in: lower comes first, nil stays out.
  public let hint: Int?
  /// What is different in some of the contexts.
  public let local: [Context: Local]
  /// What this and its neighbours with the same words do together; the help shows them in one line.
  public let family: String?
  /// How the mouse does the same; nil when it does not.
  public let mouse: String?
  public let availability: @Sendable (State) -> Availability
  /// The value that it takes in the palette; nil for none.
  public let argument: Argument?
  public let action: Action

  init(
    _ id: String, _ title: String, help: String, group: Group, contexts: Set<Context>, keys: [String],
    hint: Int? = nil, local: [Context: Local] = [:], family: String? = nil, mouse: String? = nil,
    availability: @escaping @Sendable (State) -> Availability = { _ in .available },
    argument: Argument? = nil, action: Action
  ) {
    self.id = id
    self.title = title
    self.help = help
    self.group = group
    self.contexts = contexts
    self.keys = Self.keys(keys)
    self.hint = hint
    self.local = local
    self.family = family
    self.mouse = mouse
    self.availability = availability
    self.argument = argument
    self.action = action
  }

  private static func keys(_ names: [String]) -> [Key] {
    names.map { name in
      guard let key = Key(name) else { preconditionFailure("no key is named \(name)") }
      return key
    }
  }

  /// Its part of the hint line in a context; nil when it stays out.
  func hint(in context: Context) -> Int? {
    contexts.contains(context) ? local[context]?.hint ?? hint : nil
  }

  /// What it does in a context, in a word or two.
  func title(in context: Context) -> String { local[context]?.title ?? title }
}
