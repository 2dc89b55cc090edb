import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct HelpBoxTests {
  private let help = HelpBox(
    title: "Keys", footer: "esc",
    sections: [
      .init(title: "Clicks", entries: [.init(key: "enter", text: "add"), .init(key: "x", text: "remove")]),
      .init(title: "View", entries: [.init(key: "+", text: "zoom in")]),
    ])

  @Test func showsEverythingInABox() {
    var cells = CellBuffer(width: 24, height: 9)
    let (box, _) = help.render(into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(box == Rect(x: 3, y: 0, width: 18, height: 8))
    #expect(
      cells.lines == [
        "   ┌─ Keys ─────────┐", "   │ Clicks         │", "   │ enter  add     │", "   │ x      remove  │",
        "   │                │",
        "   │ View           │", "   │ +      zoom in │", "   └─ esc ──────────┘", "",
      ])
  }

  @Test func scrollsInASmallSpace() {
    var cells = CellBuffer(width: 18, height: 5)
    var help = help
    help.firstVisible = 99
    let (_, first) = help.render(into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(first == 3)
    #expect(cells.lines[1] == "│                ↑" && cells.lines[3] == "│ +      zoom in │")
  }

  @Test(arguments: [(0, 0), (1, 1), (2, 2), (5, 3)]) func tinySpacesDoNotTrap(width: Int, height: Int) {
    var cells = CellBuffer(width: width, height: height)
    help.render(into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(cells.height == height)
  }
}
