import TerminalScreen
import TerminalWidgets

/// The names of the panes that share the lower right, each a place to click.
public struct PaneTabs: Sendable {
  /// The name of a pane.
  public struct Tab: Sendable {
    public let pane: Pane
    public let text: String
    public let place: Rect
  }

  /// How much of the names is left where not all fit; the shown one's stays whole.
  private static let shortLength = 3

  public let tabs: [Tab]

  public init(state: State) {
    let row = state.layout.layers.inset(horizontally: 1, vertically: 0)
    var names = Pane.lower.map { Self.name(of: $0, state) }
    if names.reduce(names.count - 1, { $0 + $1.count }) > row.width {
      names = zip(Pane.lower, names).map { $0 == state.lower ? $1 : String($1.prefix(Self.shortLength)) }
    }
    var x = row.x
    tabs = zip(Pane.lower, names).map { pane, name in
      defer { x += name.count + 1 }
      return Tab(pane: pane, text: name, place: Rect(x: x, y: row.y, width: name.count, height: 1))
    }
  }

  /// The pane whose name stands in a cell.
  func pane(column: Int, row: Int) -> Pane? { tabs.first { $0.place.contains(x: column, y: row) }?.pane }

  private static func name(of pane: Pane, _ state: State) -> String {
    switch pane {
    case .objects: "Objects"
    case .history: "History"
    default: state.hasPartTable ? "Parts" : state.profiling.page.rawValue
    }
  }
}
