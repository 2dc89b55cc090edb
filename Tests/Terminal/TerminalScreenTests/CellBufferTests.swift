import TerminalScreen
import Testing

@Suite struct CellBufferTests {
  @Test func writesTextAndReturnsItsColumns() {
    var cells = CellBuffer(width: 10, height: 2)
    #expect(cells.write("héllo", x: 2, y: 1) == 5)
    #expect(cells.lines == ["", "  héllo"])
    #expect(cells.write("x", x: 0, y: 2) == 0)
    #expect(cells.write("x", x: 0, y: -1) == 0)
  }

  @Test(arguments: [
    ("abcdef", 0, "  cdef", 4), ("abcdef", -3, "  f", 1), ("abcdef", 6, "      ab", 2), ("ab", -5, "", 0),
    ("ab", 8, "", 0), ("abcdefghijk", 0, "  cdefgh", 6),
  ])
  func clipsToARectangle(text: String, x: Int, line: String, columns: Int) {
    var cells = CellBuffer(width: 12, height: 1)
    #expect(cells.write(text, x: x, y: 0, clip: Rect(x: 2, y: 0, width: 6, height: 1)) == columns)
    #expect(cells.lines == [line])
  }

  @Test func wideGraphemesTakeTwoColumnsAndNeverStandHalf() {
    var cells = CellBuffer(width: 6, height: 1)
    #expect(cells.write("日本語", x: 0, y: 0) == 6)
    #expect((0..<6).map { cells[$0, 0].width } == [2, 0, 2, 0, 2, 0])
    cells.write("x", x: 1, y: 0)
    #expect(cells.lines == [" x本語"])
    cells.write("y", x: 4, y: 0)
    #expect(cells.lines == [" x本y"])
    #expect(cells[5, 0].width == 1)
    cells.write("日", x: 5, y: 0)
    #expect(cells[5, 0] == Cell())
    cells.write("日", x: -1, y: 0)
    #expect(cells[0, 0] == Cell())
  }

  @Test func copyBlanksWideGraphemesCutAtTheEdges() {
    var source = CellBuffer(width: 4, height: 1)
    source.write("日本", x: 0, y: 0)
    var cells = CellBuffer(width: 4, height: 1)
    cells.copy(source, x: 1, y: 0)
    #expect(cells.lines == [" 日"])
    #expect(cells[3, 0] == Cell())
    cells.copy(source, x: -1, y: 0)
    #expect(cells.lines == [" 本"])
  }

  @Test func invisibleCharactersAreMadeVisible() {
    var cells = CellBuffer(width: 12, height: 1)
    cells.write("a\u{1B}[2J\n\u{7F}\u{202E}\u{A0}b", x: 0, y: 0)
    #expect(cells.lines == ["a␛[2J␊␡� b"])
    #expect(!cells[9, 0].isPicture)
  }

  @Test func fillAndRestyleStayInside() {
    var cells = CellBuffer(width: 3, height: 2)
    cells.fill(Rect(x: 1, y: -1, width: 9, height: 2), with: Cell("#"))
    cells.restyle(Rect(x: 2, y: 0, width: 1, height: 5)) { $0.bold = true }
    #expect(cells.lines == [" ##", ""])
    #expect(cells[2, 1].style.bold && !cells[1, 0].style.bold)
  }
}
