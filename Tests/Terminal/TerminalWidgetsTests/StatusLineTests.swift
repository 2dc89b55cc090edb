import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct StatusLineTests {
  private let line = StatusLine(
    left: [.init("photo.jpg"), .init("640x480"), .init("fit")],
    right: [.init("draw 3 ms"), .init("net 21 ms")])

  @Test func essentialFactsComeBeforeThoseAtTheRight() {
    var line = line
    line.essentialCount = 3
    var cells = CellBuffer(width: 40, height: 1)
    line.render(into: &cells, cells.bounds, style: .plain)
    #expect(cells.lines == ["photo.jpg  640x480  fit        net 21 ms"])
  }

  @Test(arguments: [
    (50, "photo.jpg  640x480  fit       draw 3 ms  net 21 ms"),
    (40, "photo.jpg  640x480  draw 3 ms  net 21 ms"),
    (28, "photo.jpg          net 21 ms"), (10, "photo.jpg"), (6, "photo…"), (0, ""),
  ])
  func factsGiveWay(width: Int, expected: String) {
    var cells = CellBuffer(width: width, height: 1)
    line.render(into: &cells, cells.bounds, style: .plain)
    #expect(cells.lines == [expected], "width \(width)")
  }
}
