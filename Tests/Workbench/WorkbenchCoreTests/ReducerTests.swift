import Images
import TerminalScreen
import TestSupport
import Testing
import VisionTasks
import WorkbenchCore

@Suite struct ReducerTests {
  @Test func aClickIsThereWhenTheButtonGoesDown() {
    var bench = Bench()
    bench.run(.press(.select, at: bench.pane(50, 60)))
    #expect(bench.state.mask?.area == 1)
    bench.run(.release(at: bench.pane(50, 60)))
    #expect(bench.state.document?.prompts.clicks == [Click(x: 50, y: 60, isPositive: true)])
    #expect(bench.state.latency?.network == 20)
  }

  @Test func theRightButtonExcludes() {
    var bench = Bench()
    bench.run(.press(.exclude, at: bench.pane(10, 20)), .release(at: bench.pane(10, 20)))
    #expect(bench.state.document?.prompts.clicks.map(\.isPositive) == [false])
  }

  @Test func aDragIsABoxAndLeavesNoClick() throws {
    var bench = Bench()
    bench.run(
      .press(.select, at: bench.pane(20, 30)), .drag(to: bench.pane(90, 70)), .drag(to: bench.pane(120, 100)),
      .release(at: bench.pane(120, 110)))
    let document = try #require(bench.state.document)
    #expect(document.prompts.clicks.isEmpty)
    let box = try #require(document.prompts.box)
    #expect(abs(box.x0 - 20) < 1e-6 && abs(box.y0 - 30) < 1e-6)
    #expect(abs(box.x1 - 120) < 1e-6 && abs(box.y1 - 110) < 1e-6)
    #expect(bench.state.mask?.area == 100)
    bench.run(.undo)
    #expect(bench.state.document?.canUndo == false)
  }

  @Test func aLateAnswerToAClickThatBecameABoxIsIgnored() {
    var bench = Bench()
    bench.answersMasks = false
    bench.run(.press(.select, at: bench.pane(20, 30)), .drag(to: bench.pane(120, 100)))
    bench.run(.release(at: bench.pane(120, 100)))
    #expect(bench.held.count == 3)
    let click = bench.held.remove(at: 1)
    let box = bench.held.removeLast()
    bench.answersMasks = true
    bench.carryOut(click)
    #expect(bench.state.mask == nil)
    bench.carryOut(box)
    #expect(bench.state.mask?.area == 100)
  }

  @Test func anOlderAnswerIsNotShown() {
    var bench = Bench()
    bench.answersMasks = false
    bench.run(.addClick(at: ImagePoint(x: 5, y: 5), isPositive: true))
    let first = bench.held.removeLast()
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    let second = bench.held.removeLast()
    bench.answersMasks = true
    bench.carryOut(second)
    #expect(bench.state.mask?.area == 2)
    #expect(bench.segmentedPrompts.map(\.clicks.count) == [1, 2], "each click refines the one before")
    bench.carryOut(first)
    #expect(bench.state.mask?.area == 2)
    #expect(!bench.state.isSegmenting)
  }

  @Test func undoAndRedoNeedNoModel() {
    var bench = Bench()
    for x in 1...4 { bench.run(.addClick(at: ImagePoint(x: Double(x), y: 3), isPositive: true)) }
    let runs = bench.segmentedPrompts.count
    bench.run(.undo, .undo)
    #expect(bench.state.mask?.area == 2)
    bench.run(.redo)
    #expect(bench.state.mask?.area == 3)
    bench.run(.clearPrompts)
    #expect(bench.state.mask == nil)
    bench.run(.undo)
    #expect(bench.state.mask?.area == 3)
    #expect(bench.segmentedPrompts.count == runs)
  }

  @Test func clicksOutsideThePictureAreNothing() {
    var bench = Bench()
    bench.run(.press(.select, at: bench.pane(-3, 10)), .release(at: bench.pane(-3, 10)))
    #expect(bench.state.document?.prompts.isEmpty == true)
  }

  @Test func theKeyboardAloneMakesABox() throws {
    var bench = Bench()
    bench.run(
      .perform(commandID: "box"), .moveCrosshair(.right, isBig: true), .moveCrosshair(.down, isBig: false),
      .perform(commandID: "box"))
    let box = try #require(bench.state.document?.prompts.box)
    #expect(box.x1 > box.x0 && box.y1 > box.y0)
  }

  @Test func middleDragPans() throws {
    var bench = Bench()
    bench.run(.zoom(steps: 8, at: bench.pane(100, 80)))
    let before = try #require(bench.state.view?.viewport.center)
    let start = bench.pane(100, 80)
    bench.run(.press(.pan, at: start), .drag(to: PanePoint(x: start.x + 30, y: start.y - 10)))
    let viewport = try #require(bench.state.view?.viewport)
    #expect(abs(viewport.center.x - (before.x - 30 / viewport.scale)) < 1e-9)
    #expect(abs(viewport.center.y - (before.y + 10 / viewport.scale)) < 1e-9)
    #expect(bench.state.document?.prompts.isEmpty == true)
  }

  @Test func unavailableCommandsSayWhy() {
    var bench = Bench()
    bench.run(.perform(commandID: "undo"))
    #expect(bench.state.notice?.text == "undo: nothing to undo")
    bench.run(.perform(commandID: "zoom-in"))
    #expect(bench.state.notice == nil)
  }

  @Test func aFileThatCannotBeOpenedSaysSoAndTheNextOpens() {
    var bench = Bench()
    _ = Reducer.reduce(&bench.state, .openFile(1))
    bench.run(.pictureFailed(path: "b.png", message: "b.png: is empty"))
    #expect(bench.state.failure == "b.png: is empty")
    #expect(bench.state.view == nil)
    bench.run(.stepFile(1))
    #expect(bench.state.view?.path == "c.png")
    #expect(bench.state.failure == nil)
  }

  @Test func aPictureThatArrivesLateIsNotShown() {
    var bench = Bench()
    _ = Reducer.reduce(&bench.state, .openFile(1))
    _ = Reducer.reduce(&bench.state, .openFile(2))
    bench.run(.pictureLoaded(path: "b.png", Bench.picture))
    #expect(bench.state.view?.path == "a.png")
    bench.run(.pictureLoaded(path: "c.png", Bench.picture))
    #expect(bench.state.view?.path == "c.png")
  }

  @Test func clicksStayWithTheirPicture() {
    var bench = Bench()
    bench.run(.addClick(at: ImagePoint(x: 4, y: 4), isPositive: true), .stepFile(1))
    #expect(bench.state.mask == nil)
    bench.run(.stepFile(-1))
    #expect(bench.state.mask?.area == 1)
  }

  /// Whatever the user does, the state keeps its invariants, and undoing everything leaves nothing.
  @Test(arguments: 0..<20)
  func randomActionsKeepTheInvariants(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bench = Bench()
    for step in 0..<300 {
      bench.answersMasks = Int.random(in: 0..<4, using: &generator) > 0
      bench.run(Self.randomAction(using: &generator, state: bench.state))
      if Bool.random(using: &generator) { bench.answerHeld() }
      if bench.state.question != nil { bench.run(.answer(Bool.random(using: &generator))) }
      Self.checkInvariants(bench.state, "seed \(seed), step \(step)")
    }
    bench.answersMasks = true
    bench.answerHeld()
    for path in bench.state.files.paths.indices {
      bench.run(.openFile(path))
      while bench.state.document?.canUndo == true { bench.run(.undo) }
      #expect(bench.state.document?.hasObjects == false, "seed \(seed)")
      #expect(bench.state.mask == nil, "seed \(seed)")
    }
  }

  private static func checkInvariants(_ state: State, _ comment: Comment) {
    if let view = state.view, let document = state.document {
      #expect(document.width == view.image.width && document.height == view.image.height, comment)
      #expect(view.viewport.pane == state.layout.imagePixels, comment)
      #expect(view.viewport.contains(view.crosshair.position), comment)
      #expect(
        document.prompts.clicks.allSatisfy { view.viewport.contains(ImagePoint(x: $0.x, y: $0.y)) }, comment)
      #expect(document.prompts.isEmpty == (state.hasPrompts == false), comment)
      if !document.openQuestions.isEmpty { #expect(state.isSegmenting, comment) }
      #expect(!document.hasEntries, comment)
      if let mask = document.answer?.mask {
        let prompts = document.prompts
        #expect(mask.area == prompts.clicks.count + (prompts.box == nil ? 0 : 100), comment)
      }
    }
    #expect(state.files.paths.indices.contains(state.files.current), comment)
    #expect(state.files.paths.indices.contains(state.selectedFile), comment)
    #expect(state.layout.hasSide || state.focus == .image, comment)
  }

  private static func randomAction(using generator: inout SeededGenerator, state: State) -> Action {
    let point = PanePoint(
      x: Double.random(in: -5..<800, using: &generator), y: Double.random(in: -5..<800, using: &generator))
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...2:
      let command = CommandTable.all.filter { !["quit", "save"].contains($0.id) }
        .randomElement(using: &generator)!
      return .perform(commandID: command.id)
    case 3:
      return .addClick(
        at: ImagePoint(x: Double.random(in: -9..<209, using: &generator), y: 80),
        isPositive: Bool.random(using: &generator))
    case 4: return .zoom(steps: Int.random(in: -9...9, using: &generator), at: point)
    case 5: return .press([.select, .exclude, .pan].randomElement(using: &generator)!, at: point)
    case 6, 7: return .drag(to: point)
    case 8: return .release(at: point)
    case 9: return .stepFile(Int.random(in: -2...2, using: &generator))
    case 10:
      let size = ScreenSize(
        columns: Int.random(in: 1..<200, using: &generator), rows: Int.random(in: 1..<60, using: &generator))
      return .resized(Layout(screen: size, cell: Bench.cell))
    default: return .undo
    }
  }
}
