import Annotations
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The objects of the photo, the topmost first: colour, class and number, pixels, and where there is room clicks and
/// origin; below them what else there is to say of the selected one.
struct ObjectsPane {
  /// Narrower panes leave clicks and origin to the last line.
  private static let leastWidthOfAll = 34

  let theme: Theme
  let tints: ObjectTints

  func render(_ state: State, into cells: inout CellBuffer) {
    guard !state.layout.layers.isEmpty else { return }
    let window = ObjectsWindow(state: state)
    let count = state.document?.objectIDs.count ?? 0
    let body = LowerTitle(detail: count == 0 ? "" : "\(count)").render(state, into: &cells, theme: theme)
    guard let document = state.document, count > 0 else { return renderHint(body, into: &cells) }
    let objects = window.ids.compactMap { document.object($0) }
    let hasAll = body.width >= Self.leastWidthOfAll
    var columns = [
      Table.Column("", width: 1), Table.Column(""), Table.Column("px", width: 7, alignment: .right),
    ]
    if hasAll {
      columns += [Table.Column("clicks", width: 6, alignment: .right), Table.Column("from", width: 6)]
    }
    let rows = Rect(x: body.x, y: body.y, width: body.width, height: max(body.height - 1, 0))
    Table(
      columns: columns, rows: objects.map { row($0, document, hasAll: hasAll) }, selection: window.selected,
      isActive: state.focus == .objects
    ).render(into: &cells, rows, styles: theme.widgetStyles)
    for (index, object) in objects.enumerated() where !document.hidden.contains(object.id) {
      guard let color = tints[object.id] else { continue }
      var style = theme.style(.text)
      style.background = .rgb(red: color.red, green: color.green, blue: color.blue)
      cells.write(" ", x: body.x, y: window.top + index, style: style, clip: rows)
    }
    if let selected = document.selected {
      let text = TextFitting.shortened(Self.facts(selected, document), columns: body.width)
      cells.write(text, x: body.x, y: rows.maxY, style: theme.style(.dim), clip: body)
    }
  }

  private func row(_ object: AnnotatedObject, _ document: Document, hasAll: Bool) -> Table.Row {
    let isHidden = document.hidden.contains(object.id)
    let pixels = document.isWaiting(object.id) ? "…" : Self.count(object.mask.area)
    let clicks = object.prompts.clicks.count
    return Table.Row(
      [isHidden ? "·" : " ", Self.name(object), pixels]
        + (hasAll ? [clicks == 0 ? "" : "\(clicks)", Self.origin(object.origin)] : []),
      style: theme.style(isHidden ? .dim : .text))
  }

  /// Its class and number; a number alone for one without a class.
  static func name(_ object: AnnotatedObject) -> String {
    (object.className.map { $0 + " " } ?? "") + "#\(object.id)"
  }

  /// A count in at most seven columns.
  private static func count(_ count: Int) -> String {
    count < 10_000_000 ? "\(count)" : "\(count / 1_000_000) M"
  }

  private static func origin(_ origin: AnnotatedObject.Origin) -> String {
    switch origin {
    case .clicks: "clicks"
    case .brush: "brush"
    case .model: "model"
    case .imported: "import"
    }
  }

  /// `#2 after #1: hidden, +3 −1 box, model portrait`: the one selected before is what others are combined with.
  private static func facts(_ object: AnnotatedObject, _ document: Document) -> String {
    let prompts = object.prompts.isEmpty ? "" : StatusPane.prompts(object.prompts)
    let state = document.hidden.contains(object.id) ? "hidden" : ""
    // Clicks speak for themselves.
    let origin = prompts.isEmpty || object.origin != .clicks ? "\(object.origin)" : ""
    let before = document.previousSelection.flatMap { $0 == object.id ? nil : document.object($0) }
    return "#\(object.id) \(before.map { "after #\($0.id): " } ?? "")"
      + [state, prompts, origin].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func renderHint(_ rect: Rect, into cells: inout CellBuffer) {
    var page = PageWriter(rect, theme: theme)
    page.paragraph("Click an object: it is listed here.", .dim, into: &cells)
  }
}
