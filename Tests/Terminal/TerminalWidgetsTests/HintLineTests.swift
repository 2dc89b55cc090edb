import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct HintLineTests {
  @Test func hintsThatDoNotFitAreLeftOut() {
    let hints = HintLine([
      .init(key: "?", text: "help"), .init(key: "q", text: "quit"), .init(key: "u", text: "undo"),
    ])
    var cells = CellBuffer(width: 17, height: 1)
    let places = hints.render(into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(cells.lines == ["? help  q quit"])
    #expect(places == [Rect(x: 0, y: 0, width: 6, height: 1), Rect(x: 8, y: 0, width: 6, height: 1)])
    #expect(cells[8, 0].style == WidgetStyles().key)
  }
}
