import TerminalScreen
import Testing
import WorkbenchCore

@Suite struct EventInputTests {
  let input = EventInput(keyMap: KeyMap())
  let bench = Bench()

  private func action(_ mouse: Mouse, layout: Layout = Bench.layout) -> Action? {
    input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell)
  }

  @Test func pixelsAreExact() {
    let action = action(Mouse(kind: .press, button: .left, column: 5, row: 3, pixelX: 57, pixelY: 61))
    guard case .press(.select, let point)? = action else {
      Issue.record("\(String(describing: action))")
      return
    }
    #expect(abs(point.x - 57.5) < 1e-9 && abs(point.y - 61.5) < 1e-9)
  }

  @Test func withoutPixelsTheCellsCentreCounts() {
    let action = action(Mouse(kind: .press, button: .right, column: 5, row: 3))
    guard case .press(.exclude, let point)? = action else {
      Issue.record("\(String(describing: action))")
      return
    }
    #expect(point == PanePoint(x: 55, y: 70))
  }

  /// Half-blocks have two pixels per cell; a mouse that reports pixels is still finer than that.
  @Test func pixelsAreExactOverHalfBlocks() {
    let layout = Layout(screen: ScreenSize(columns: 100, rows: 40), cell: PixelSize(width: 1, height: 2))
    var bench = Bench()
    bench.run(.resized(layout))
    let mouse = Mouse(kind: .press, button: .left, column: 5, row: 3, pixelX: 57, pixelY: 64)
    guard
      case .press(.select, let point)? = input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell)
    else {
      Issue.record("no press")
      return
    }
    #expect(abs(point.x - 5.75) < 1e-9 && abs(point.y - 6.45) < 1e-9)
  }

  @Test func theWheelZoomsAtThePointer() {
    guard case .zoom(1, .some)? = action(Mouse(kind: .wheelUp, column: 5, row: 3)) else {
      Issue.record("no zoom")
      return
    }
  }

  @Test func theWheelScrollsFilesThatHaveNotTheKeyboard() throws {
    let paths = (0..<100).map { "\($0).png" }
    var state = State(files: FileList(paths: paths), layout: Bench.layout, model: "test")
    let before = FilesWindow(state: state).range
    let mouse = Mouse(kind: .wheelDown, column: state.layout.files.x + 2, row: 3)
    for _ in 0..<9 {
      let action = try #require(input.action(for: .mouse(mouse), in: state, cell: Bench.cell))
      _ = Reducer.reduce(&state, action)
    }
    let after = FilesWindow(state: state).range
    #expect(state.selectedFile == 27 && after.contains(27) && !before.contains(27))
  }

  @Test func aClickOnAFileOpensIt() {
    let files = Bench.layout.files
    guard
      case .openFile(1)? = action(Mouse(kind: .press, button: .left, column: files.x + 2, row: files.y + 2))
    else {
      Issue.record("no file")
      return
    }
  }

  @Test func aDragGoesOnOutsideThePane() {
    var bench = bench
    bench.run(.press(.select, at: PanePoint(x: 100, y: 100)))
    let mouse = Mouse(kind: .drag, button: .left, column: 99, row: 39)
    guard case .drag? = input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell) else {
      Issue.record("the drag ends at the pane's border")
      return
    }
  }

  @Test func questionsTakeNoClicks() {
    var bench = bench
    bench.canWriteJournals = false
    bench.run(.addClick(at: ImagePoint(x: 5, y: 5), isPositive: true), .quit)
    #expect(bench.state.context == .question)
    let mouse = Mouse(kind: .press, button: .left, column: 5, row: 5)
    #expect(input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell) == nil)
  }
}
