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
    case files
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

  /// A value that the palette takes after a command's name.
  public struct Argument: Sendable {
    /// What to type, such as `NAME`.
    public let name: String
    /// What a right value is, for the message about a wrong one.
    public let expected: String
    /// Values to choose from.
    public let completions: @Sendable (State) -> [String]
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
    hint: Int? = nil, family: String? = nil, mouse: String? = nil,
    availability: @escaping @Sendable (State) -> Availability = { _ in .available },
    argument: Argument? = nil, action: Action
  ) {
    self.id = id
    self.title = title
    self.help = help
    self.group = group
    self.contexts = contexts
    self.keys = keys.map { name in
      guard let key = Key(name) else { preconditionFailure("command \(id): no key is named \(name)") }
      return key
    }
    self.hint = hint
    self.family = family
    self.mouse = mouse
    self.availability = availability
    self.argument = argument
    self.action = action
  }
}
