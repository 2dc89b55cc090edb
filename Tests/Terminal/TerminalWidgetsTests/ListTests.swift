import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct ListTests {
  private func render(_ list: List, width: Int, height: Int) -> (cells: CellBuffer, first: Int) {
    var cells = CellBuffer(width: width, height: height)
    let first = list.render(into: &cells, cells.bounds, styles: WidgetStyles())
    return (cells, first)
  }

  @Test func showsTheSelectionAndScrolls() {
    let list = List(items: (0..<10).map { List.Item("item \($0)", detail: "\($0 * $0)") }, selection: 6)
    let (cells, first) = render(list, width: 10, height: 3)
    #expect(first == 4)
    #expect(cells.lines == ["item 4  16", "item 5  25", "item 6  36"])
    #expect((0..<10).allSatisfy { cells[$0, 2].style == WidgetStyles().selection })
    #expect(cells[0, 1].style == .plain && cells[9, 1].style == WidgetStyles().secondary)
  }

  @Test func longTextsGiveWayToTheDetail() {
    let list = List(items: [List.Item("a very long name.jpeg", detail: "12")], cut: .middle)
    #expect(render(list, width: 12, height: 1).cells.lines == ["a ve…jpeg 12"])
    #expect(render(list, width: 0, height: 1).cells.lines == [""])
    #expect(render(List(items: []), width: 5, height: 2).cells.lines == ["", ""])
  }

  @Test func inactiveListsSelectDifferently() {
    let list = List(items: [List.Item("x")], selection: 0, isActive: false)
    #expect(render(list, width: 3, height: 1).cells[0, 0].style == WidgetStyles().inactiveSelection)
  }
}
