import Annotations
import TerminalScreen
import Testing
import VisionTasks
import WorkbenchCore

@Suite struct EditingTests {
  private func benchWithRectangle() -> Bench {
    var bench = Bench()
    bench.run(
      .perform(commandID: "rectangle"), .press(.select, at: bench.pane(20, 20)),
      .drag(to: bench.pane(59, 59)),
      .release(at: bench.pane(59, 59)))
    return bench
  }

  @Test func aDraggedRectangleIsAnObject() throws {
    let bench = benchWithRectangle()
    let object = try #require(bench.state.document?.selected)
    #expect(
      object.origin == .brush && object.mask.contains(x: 40, y: 40) && !object.mask.contains(x: 70, y: 40))
    #expect(abs(object.mask.area - 1600) < 90)
    #expect(bench.state.sketch == nil && bench.state.document?.step.verb == "rectangle")
  }

  @Test func aStrokeIsShownWhileItIsDrawnAndIsOneStep() throws {
    var bench = Bench()
    bench.run(
      .perform(commandID: "brush"), .press(.select, at: bench.pane(20, 20)), .drag(to: bench.pane(60, 20)))
    let shown = try #require(bench.state.mask)
    #expect(shown.contains(x: 40, y: 20) && bench.state.document?.hasObjects == false)
    bench.run(.drag(to: bench.pane(60, 60)), .release(at: bench.pane(60, 60)))
    #expect(bench.state.document?.steps.count == 2)
    #expect(bench.state.mask?.contains(x: 60, y: 50) == true)
    // The right button takes away.
    bench.run(.press(.exclude, at: bench.pane(40, 20)), .release(at: bench.pane(40, 20)))
    #expect(bench.state.mask?.contains(x: 40, y: 20) == false)
    bench.run(.undo, .undo)
    #expect(bench.state.document?.hasObjects == false)
  }

  @Test func theKeyboardAloneDraws() throws {
    var bench = Bench()
    bench.run(.perform(commandID: "brush"), .perform(commandID: "brush-smaller"), .perform(commandID: "add"))
    for _ in 0..<3 { bench.run(.moveCrosshair(.right, isBig: true)) }
    #expect(bench.state.sketch != nil)
    bench.run(.perform(commandID: "add"))
    #expect(bench.state.document?.selected?.mask.isEmpty == false && bench.state.sketch == nil)
    bench.run(.perform(commandID: "click-tool"))
    #expect(bench.state.tool == .click)
  }

  @Test func aPolygonIsClosedByItsFirstCornerOrItsKey() throws {
    for closesByKey in [true, false] {
      var bench = Bench()
      bench.run(.perform(commandID: "polygon"))
      for (x, y) in [(20.0, 20.0), (80, 20), (80, 80)] {
        bench.run(.press(.select, at: bench.pane(x, y)), .release(at: bench.pane(x, y)))
      }
      #expect(bench.state.document?.hasObjects == false)
      bench.run(closesByKey ? .perform(commandID: "polygon") : .press(.select, at: bench.pane(20, 20)))
      let mask = try #require(bench.state.document?.selected?.mask)
      #expect(mask.contains(x: 70, y: 30) && !mask.contains(x: 30, y: 70))
      #expect(bench.state.tool == .polygon)
    }
  }

  @Test func aLassoIsAPolygonOfItsWay() throws {
    var bench = Bench()
    bench.run(.perform(commandID: "lasso"), .press(.select, at: bench.pane(20, 20)))
    for (x, y) in [(80.0, 20.0), (80, 80), (20, 80)] { bench.run(.drag(to: bench.pane(x, y))) }
    bench.run(.release(at: bench.pane(20, 80)))
    #expect(bench.state.document?.selected?.mask.contains(x: 50, y: 50) == true)
  }

  /// Every command of objects does what it says on a document of two objects, and undoing brings the old state back.
  @Test(arguments: CommandTable.all.filter { $0.group == .objects && $0.id != "class" })
  func everyObjectCommandActs(command: Command) throws {
    var bench = benchWithRectangle()
    bench.run(
      .perform(commandID: "new"), .press(.select, at: bench.pane(50, 50)), .drag(to: bench.pane(90, 90)),
      .release(at: bench.pane(90, 90)))
    // A part of its own and a hole, so that there is something to split, fill and remove.
    bench.run(
      .press(.select, at: bench.pane(110, 50)), .drag(to: bench.pane(114, 53)),
      .release(at: bench.pane(114, 53)))
    bench.run(
      .press(.exclude, at: bench.pane(70, 70)), .drag(to: bench.pane(75, 75)),
      .release(at: bench.pane(75, 75)))
    if command.id == "raise" { bench.run(.perform(commandID: "previous-object")) }
    let before = try #require(bench.state.document)
    bench.run(.perform(commandID: command.id))
    let after = try #require(bench.state.document)
    // On a picture of one colour there is no edge to snap to; moving nowhere is then right, and said.
    #expect(after != before || command.id == "snap", "\(bench.state.notice?.text ?? "")")
    #expect(after == before || bench.state.notice == nil)
    if after.current != before.current {
      bench.run(.undo)
      #expect(bench.state.document?.objects == before.objects)
    }
  }

  @Test func theNearestClickIsRemovedOrTurned() throws {
    var bench = Bench()
    for x in [20.0, 60, 100] { bench.run(.addClick(at: ImagePoint(x: x, y: 80), isPositive: true)) }
    // The crosshair stands in the middle, at (100, 80).
    bench.run(.perform(commandID: "flip-click"))
    #expect(bench.state.document?.prompts.clicks.map(\.isPositive) == [true, true, false])
    bench.run(.perform(commandID: "remove-click"))
    #expect(bench.state.document?.prompts.clicks.map(\.x) == [20, 60])
    bench.run(.perform(commandID: "flood"))
    #expect(bench.state.notice?.kind == .warning)
  }

  @Test func anObjectIsCopiedToTheNextImage() throws {
    var bench = benchWithRectangle()
    let mask = bench.state.document?.selected?.mask
    bench.run(.perform(commandID: "copy-next"))
    #expect(bench.state.view?.path == "b.png" && bench.state.document?.selected?.mask == mask)
    #expect(bench.journals["b.png"]?.count == 1)
    bench.run(.openFile(2), .perform(commandID: "copy-next"))
    #expect(bench.state.notice?.kind == .warning)
  }

  @Test func whatIsNotPossibleSaysWhy() {
    var bench = Bench()
    bench.run(.perform(commandID: "delete"))
    #expect(bench.state.notice?.text == "delete: no object is selected")
    #expect(bench.state.document?.canUndo == false)
  }

  /// What the workbench journals makes the same document.
  @Test func theJournalMakesTheSameDocument() throws {
    var bench = benchWithRectangle()
    bench.run(
      .perform(commandID: "click-tool"), .perform(commandID: "new"),
      .addClick(at: ImagePoint(x: 9, y: 9), isPositive: true), .perform(commandID: "duplicate"), .undo)
    var document = Document(width: 200, height: 160)
    for entry in bench.journals["a.png"] ?? [] { try document.apply(entry) }
    #expect(document == bench.state.document)
  }
}
