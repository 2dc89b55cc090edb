import TerminalScreen
import Testing
import WorkbenchCore

@Suite struct LayoutTests {
  @Test func panesNeverOverlapNorLeaveTheScreen() {
    for columns in stride(from: 1, through: 260, by: 3) {
      for rows in stride(from: 1, through: 90, by: 2) {
        let layout = Layout(
          screen: ScreenSize(columns: columns, rows: rows), cell: PixelSize(width: 10, height: 20))
        guard !layout.isTooSmall else { continue }
        let panes = [layout.image, layout.rule, layout.files, layout.layers, layout.status, layout.hints]
        let screen = Rect(x: 0, y: 0, width: columns, height: rows)
        for (index, pane) in panes.enumerated() where !pane.isEmpty {
          #expect(screen.intersection(pane) == pane, "\(columns)x\(rows), pane \(index)")
          for other in panes[(index + 1)...] {
            #expect(pane.intersection(other).isEmpty, "\(columns)x\(rows), pane \(index)")
          }
        }
        #expect(layout.image.maxY < rows, "a picture in the last row would scroll the screen")
        let area = panes.reduce(0) { $0 + $1.width * $1.height }
        #expect(area == columns * rows, "\(columns)x\(rows) leaves cells to nobody")
      }
    }
  }

  @Test func eightyByTwentyFourHasAllPanes() {
    let layout = Layout(screen: ScreenSize(columns: 80, rows: 24), cell: PixelSize(width: 10, height: 20))
    #expect(layout.hasSide)
    #expect(layout.image == Rect(x: 0, y: 0, width: 53, height: 22))
    #expect(layout.imagePixels == PixelSize(width: 530, height: 440))
  }
}
