import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct TableTests {
  private let table = Table(
    columns: [
      Table.Column("layer"), Table.Column("ms", width: 6, alignment: .right),
      Table.Column("%", width: 3, alignment: .right),
    ],
    rows: [
      Table.Row(["stem/convolution", "1.234", "50"], heat: 1), Table.Row(["head", "0.1"], heat: 0.01),
      Table.Row(["日本", "12.5", "4"]),
    ], heatColumn: 1)

  @Test func alignsColumnsUnderHeadings() {
    var cells = CellBuffer(width: 22, height: 4)
    table.render(into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(
      cells.lines == [
        "layer           ms   %", "stem/convo…  1.234  50", "head           0.1", "日本          12.5   4",
      ])
    #expect(cells[0, 0].style == WidgetStyles().heading)
  }

  @Test func barsShowTheHeat() {
    var cells = CellBuffer(width: 22, height: 4)
    table.render(into: &cells, cells.bounds, styles: WidgetStyles())
    func barLength(_ y: Int) -> Int { (0..<22).count { cells[$0, y].style.reverse } }
    #expect(barLength(1) == 6)
    #expect(barLength(2) == 1)
    #expect(barLength(3) == 0)
  }

  @Test func scrollsToTheSelectionBelowTheHeadings() {
    var table = table
    table.selection = 2
    var cells = CellBuffer(width: 20, height: 2)
    #expect(table.render(into: &cells, cells.bounds, styles: WidgetStyles()) == 2)
    #expect(cells.lines[1].hasPrefix("日本"))
  }

  @Test(arguments: [0, 1, 5, 9]) func narrowTablesStayInside(width: Int) {
    var cells = CellBuffer(width: 12, height: 3, style: .plain)
    cells.fill(cells.bounds, with: Cell("#"))
    table.render(into: &cells, Rect(x: 0, y: 0, width: width, height: 3), styles: WidgetStyles())
    #expect((width..<12).allSatisfy { cells[$0, 1].text == "#" }, "width \(width)")
  }
}
