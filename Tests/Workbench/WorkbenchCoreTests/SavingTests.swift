import Testing
import WorkbenchCore

@Suite struct SavingTests {
  private func click(_ bench: inout Bench) {
    bench.run(.addClick(at: ImagePoint(x: 5, y: 5), isPositive: true))
  }

  @Test func savesBesideTheImage() {
    var bench = Bench()
    click(&bench)
    #expect(bench.state.document?.isDirty == true)
    bench.run(.perform(commandID: "save"))
    #expect(bench.savedPaths == ["a-mask.png"])
    #expect(bench.state.document?.isDirty == false)
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

  @Test func quitAsksOnlyIfWorkCouldNotBeKept() {
    var bench = Bench()
    click(&bench)
    bench.run(.quit)
    #expect(bench.state.isFinished, "what is in the journal is not lost")

    bench = Bench()
    bench.canWriteJournals = false
    click(&bench)
    #expect(bench.state.notice?.text == "the disk is full")
    bench.run(.quit)
    #expect(bench.state.question == .quit(unkept: 1))
    bench.run(.answer(false))
    #expect(!bench.state.isFinished)
    bench.canWriteJournals = true
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: false))
    #expect(bench.journals["a.png"]?.count == 4, "two clicks and two answers")
    bench.run(.quit)
    #expect(bench.state.isFinished)
  }

  @Test func aChangeAfterSavingIsUnsavedAgain() {
    var bench = Bench()
    click(&bench)
    bench.run(.save)
    #expect(bench.state.document?.isDirty == false)
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: false))
    #expect(bench.state.document?.isDirty == true)
    bench.run(.undo)
    #expect(bench.state.document?.isDirty == false)
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
