import Testing
import WorkbenchCore

@Suite struct SavingTests {
  private func click(_ bench: inout Bench) {
    bench.run(.addClick(at: ImagePoint(x: 5, y: 5), isPositive: true))
  }

  @Test func savesBesideTheImage() {
    var bench = Bench()
    click(&bench)
    #expect(bench.state.unsavedPaths == ["a.png"])
    bench.run(.perform(commandID: "save"))
    #expect(bench.savedPaths == ["a-mask.png"])
    #expect(bench.state.unsavedPaths.isEmpty)
    #expect(bench.state.notice?.text == "Saved a-mask.png")
  }

  @Test func asksBeforeItOverwrites() {
    var bench = Bench()
    bench.existingPaths = ["a-mask.png"]
    click(&bench)
    bench.run(.save)
    #expect(bench.state.context == .question)
    bench.run(.answer(false))
    #expect(bench.savedPaths.isEmpty)
    bench.run(.save, .answer(true))
    #expect(bench.savedPaths == ["a-mask.png"])
  }

  @Test func waitsForTheMaskOfTheLastClick() {
    var bench = Bench()
    bench.answersMasks = false
    click(&bench)
    bench.run(.save)
    #expect(bench.savedPaths.isEmpty)
    bench.run(.quit)
    #expect(!bench.state.isFinished)
    bench.answersMasks = true
    bench.answerHeld()
    #expect(bench.savedPaths == ["a-mask.png"])
    #expect(bench.state.isFinished)
  }

  @Test func quitAsksOnlyIfSomethingIsUnsaved() {
    var bench = Bench()
    bench.run(.quit)
    #expect(bench.state.isFinished)

    bench = Bench()
    click(&bench)
    bench.run(.quit)
    #expect(bench.state.question == .quit(unsaved: 1))
    bench.run(.answer(false))
    #expect(!bench.state.isFinished)
    bench.run(.save, .quit)
    #expect(bench.state.isFinished)
  }

  @Test func aChangeWhileASaveIsUnderWayIsUnsaved() {
    var bench = Bench()
    click(&bench)
    // Not carried out, so that nothing reports back.
    _ = Reducer.reduce(&bench.state, .save)
    #expect(bench.state.unsavedPaths.isEmpty)
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: false))
    #expect(bench.state.unsavedPaths == ["a.png"])
    bench.run(.quit)
    #expect(bench.state.question == .quit(unsaved: 1))
  }

  @Test func aChangeAfterSavingIsUnsavedAgain() {
    var bench = Bench()
    click(&bench)
    bench.run(.save)
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: false))
    #expect(bench.state.unsavedPaths == ["a.png"])
    bench.run(.undo)
    #expect(bench.state.unsavedPaths.isEmpty)
  }

  @Test(arguments: [
    (MaskDestination.besideImage, "photos/cat.jpg", "photos/cat-mask.png"),
    (.besideImage, "cat.jpg", "cat-mask.png"),
    (.folder("out"), "photos/cat.tar.jpg", "out/cat.tar-mask.png"),
    (.file("x.png"), "photos/cat.jpg", "x.png"),
  ])
  func namesMasks(destination: MaskDestination, image: String, expected: String) {
    #expect(destination.path(forImage: image) == expected)
  }
}
