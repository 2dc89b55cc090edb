import TerminalScreen
import Testing

@Suite struct HeadlessScreenTests {
  @Test func graphicsShowThroughPictureCellsOnly() throws {
    let screen = HeadlessScreen(columns: 6, rows: 3)
    var cells = CellBuffer(width: 6, height: 3)
    let rect = Rect(x: 1, y: 0, width: 4, height: 2)
    cells.fill(rect, with: .picture)
    cells.write("hi", x: 2, y: 1)
    let graphic = Graphic(identity: "image", generation: 1, rect: rect, content: .sequence([1, 2, 3]))
    screen.present(cells, graphics: [graphic])
    #expect(screen.lastFrame?.lines == [" ▒▒▒▒", " ▒hi▒", ""])
    #expect(screen.statistics.graphicsByteCount == 3)
    screen.present(cells, graphics: [graphic])
    #expect(screen.statistics.graphicsByteCount == 0)
    screen.present(cells, graphics: [])
    #expect(screen.lastFrame?.lines == ["", "  hi", ""])
  }

  @Test func eventsComeInTheOrderPosted() {
    let screen = HeadlessScreen()
    screen.post(keys: "q", "ctrl-r")
    screen.post([.resize(columns: 40, rows: 10)])
    #expect(screen.nextEvents(timeout: nil) == [.key(Key(.character("q")))])
    #expect(screen.nextEvents(timeout: nil) == [.key(Key(.character("r"), modifiers: .control))])
    #expect(screen.size == ScreenSize(columns: 80, rows: 24))
    #expect(screen.nextEvents(timeout: nil) == [.resize(columns: 40, rows: 10)])
    #expect(screen.size == ScreenSize(columns: 40, rows: 10))
    #expect(screen.nextEvents(timeout: nil).isEmpty)
  }
}
