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

  private static func object(_ name: String = "cat") -> AnnotatedObject {
    let mask = RunLengths(width: 200, height: 160, rectangleFrom: .init(x: 1, y: 1), to: .init(x: 5, y: 5))
    return AnnotatedObject(mask: mask, className: name, origin: .imported("labelme"))
  }

  @Test func importedObjectsAreOneStepOfTheJournal() throws {
    var bench = Bench()
    type("import labelme a file.json", &bench)
    guard case .importFile(let request) = try #require(transfers(bench).first) else {
      Issue.record("no import")
      return
    }
    #expect(request.format == "labelme" && request.source == "a file.json" && request.images == ["a.png"])
    let object = Self.object()
    // The image that was open then gets them, whichever is open now.
    bench.run(.stepFile(1), .transfer(.importedTo(image: "a.png", [object, object])))
    #expect(bench.state.documents["a.png"]?.objects.map(\.mask) == [object.mask, object.mask])
    #expect(bench.state.document?.hasObjects == false && bench.journals["a.png"]?.count == 1)
    #expect(bench.state.project.record(of: "a.png") == ImageRecord(status: .inProgress, classes: ["cat"]))
    bench.run(.stepFile(-1), .undo)
    #expect(bench.state.hasObjects == false)
    bench.run(.transfer(.importedTo(image: "a.png", [object])), .transfer(.importTakenBack(image: "a.png")))
    #expect(bench.state.hasObjects == false && bench.state.document?.step.id == 0)
    bench.run(
      .transfer(
        .importedTo(
          image: "a.png", [AnnotatedObject(mask: RunLengths(width: 3, height: 3), origin: .brush)])))
    #expect(bench.state.hasObjects == false && bench.state.notice?.kind == .error)
  }

  @Test func allImagesAreFilledAtOnce() throws {
    var bench = Bench()
    bench.run(.perform(commandID: "import-all"))
    #expect(bench.state.finder?.prompt.text == "import-all ")
    bench.run(.find(.close))
    type("import-all coco x.json", &bench)
    guard case .importFile(let request) = try #require(transfers(bench).first) else {
      Issue.record("no import")
      return
    }
    #expect(request.images == ["a.png", "b.png", "c.png"])
    bench.run(.transfer(.progressed(TransferProgress("import: writing", done: 1, count: 3))))
    #expect(bench.state.transfer?.text == "import: writing 1/3")
    // One at a time, and leaving waits for it.
    type("import-all coco y.json", &bench)
    #expect(transfers(bench).count == 1 && bench.state.notice?.kind == .warning)
    bench.run(.quit)
    #expect(!bench.state.isFinished && bench.state.notice?.text.hasSuffix("import: writing 1/3") == true)

    // The worker wrote into b and c; c was opened and worked on meanwhile.
    bench.run(.transfer(.importedTo(image: "a.png", [Self.object()])))
    var report = AnnotationImport.Report()
    report.photos = ["a.png", "b.png"]
    report.objects = 4
    report.strangers = ["z.png"]
    report.records = ["b.png": ImageRecord(status: .inProgress, classes: ["dog"])]
    bench.run(.transfer(.imported(report)))
    #expect(bench.state.isFinished)
    #expect(
      bench.state.notice?.text
        == "4 objects added to 2 photos: a.png, b.png; 1 name in the file without a photo here: z.png")
    #expect(bench.state.notice?.kind == .warning)
    #expect(bench.state.project.counts[.inProgress] == 2)
    bench.run(.project(.filter(.ofClass("dog"))))
    #expect(bench.state.files.count == 2, "the open one and the one of the class")
  }

  /// What an image that was opened since says of itself is newer than what an import knew.
  @Test func imagesOpenedMeanwhileSpeakForThemselves() {
    var bench = Bench()
    bench.run(.stepFile(1))
    bench.run(.edit(.command(.draw(.rectangle(.init(x: 1, y: 1), .init(x: 9, y: 9)), .draw))))
    bench.run(.project(.mark(.done)))
    var report = AnnotationImport.Report()
    report.records = ["b.png": ImageRecord(status: .inProgress, classes: ["dog"])]
    bench.run(.transfer(.imported(report)))
    #expect(bench.state.project.record(of: "b.png") == ImageRecord(status: .done, classes: []))
  }

  @Test func aFailureLetsOneStay() {
    var bench = Bench()
    type("import-all coco x.json", &bench)
    bench.run(.quit, .transfer(.failed(message: "x.json: is not JSON")))
    #expect(!bench.state.isFinished && bench.state.transfer == nil)
    #expect(bench.state.notice?.text == "x.json: is not JSON")
  }

  @Test func wrongWordsAreNamed() {
    for text in ["export gif", "import labelme", "import gif x", "import-all coco"] {
      var bench = Bench()
      bench.run(.find(.open(.palette)), .find(.insert(text)), .find(.move(lines: 99)), .find(.run))
      #expect(transfers(bench).isEmpty, "\(text)")
    }
    var bench = Bench()
    bench.run(.transfer(.failed(message: "x.json: is not JSON")))
    #expect(bench.state.notice?.kind == .error && bench.state.notice?.text == "x.json: is not JSON")
  }
}
