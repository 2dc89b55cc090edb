import AnnotationFormats
import Annotations
import Testing
import WorkbenchCore

@Suite struct TransferTests {
  private func transfers(_ bench: Bench) -> [TransferEffect] {
    bench.held.compactMap { if case .transfer(let effect) = $0 { effect } else { nil } }
  }

  /// Types a line into the palette and runs it.
  private func type(_ text: String, _ bench: inout Bench) {
    bench.run(.find(.open(.palette)), .find(.insert(text)), .find(.run))
  }

  @Test func theKeyAsksForTheFormat() {
    var bench = Bench()
    bench.run(.perform(commandID: "export"))
    #expect(bench.state.finder?.prompt.text == "export ")
    bench.run(.find(.close), .perform(commandID: "import"))
    #expect(bench.state.finder?.prompt.text == "import ")
  }

  @Test(arguments: AnnotationFormat.all.map(\.id))
  func allImagesAreExported(format: String) throws {
    var bench = Bench()
    type("export \(format)", &bench)
    guard case .export(let request) = try #require(transfers(bench).first) else {
      Issue.record("no export")
      return
    }
    #expect(request.format == format && request.images == ["a.png", "b.png", "c.png"])
    #expect(request.folder == "export-\(format)" && !request.mayOverwrite)
    bench.run(.transfer(.exportWouldOverwrite(request, path: "x.json")))
    #expect(bench.state.question?.text == "x.json exists. Replace the files of the export?")
    bench.run(.answer(false))
    #expect(transfers(bench).count == 1 && bench.state.notice?.text == "Not exported")
    bench.run(.transfer(.exportWouldOverwrite(request, path: "x.json")), .answer(true))
    guard case .export(let second) = try #require(transfers(bench).last) else { return }
    #expect(second.mayOverwrite)
    var report = AnnotationExport.Report()
    report.photos = 3
    bench.run(.transfer(.exported(second, report)))
    #expect(bench.state.notice?.text == "0 objects of 3 photos in 0 files: export-\(format)")
    #expect(bench.state.notice?.kind == .information)
    report.losses.emptyObjects = 1
    bench.run(.transfer(.exported(second, report)))
    #expect(bench.state.notice?.kind == .warning)
  }

  @Test func importedObjectsAreOneStepOfTheJournal() throws {
    var bench = Bench()
    type("import labelme a file.json", &bench)
    guard case .importFile(let request) = try #require(transfers(bench).first) else {
      Issue.record("no import")
      return
    }
    #expect(request == ImportRequest(format: "labelme", source: "a file.json", image: "a.png"))
    let mask = RunLengths(width: 200, height: 160, rectangleFrom: .init(x: 1, y: 1), to: .init(x: 5, y: 5))
    let object = AnnotatedObject(mask: mask, className: "cat", origin: .imported("labelme"))
    // The image that was open then gets them, whichever is open now.
    bench.run(.stepFile(1), .transfer(.imported(request, [object, object])))
    #expect(bench.state.documents["a.png"]?.objects.map(\.mask) == [mask, mask])
    #expect(bench.state.notice?.text == "Imported 2 objects from a file.json")
    #expect(bench.state.document?.hasObjects == false && bench.journals["a.png"]?.count == 1)
    bench.run(.stepFile(-1), .undo)
    #expect(bench.state.hasObjects == false)
    bench.run(.transfer(.imported(request, [object], withoutMask: 2)))
    #expect(bench.state.notice?.text == "Imported 1 object from a file.json; 2 without a mask left out")
    bench.run(.undo)
    bench.run(
      .transfer(.imported(request, [AnnotatedObject(mask: RunLengths(width: 3, height: 3), origin: .brush)])))
    #expect(bench.state.hasObjects == false)
  }

  @Test func wrongWordsAreNamed() {
    for text in ["export gif", "import labelme", "import gif x"] {
      var bench = Bench()
      bench.run(.find(.open(.palette)), .find(.insert(text)), .find(.move(lines: 99)), .find(.run))
      #expect(transfers(bench).isEmpty, "\(text)")
    }
    var bench = Bench()
    bench.run(.transfer(.failed(message: "x.json: is not JSON")))
    #expect(bench.state.notice?.kind == .error && bench.state.notice?.text == "x.json: is not JSON")
  }
}
