import Annotations
import Foundation
import TerminalScreen
import Testing
import WorkbenchCore

/// The images as a piece of work: status, filters, what comes next.
@Suite struct ProjectTests {
  private func status(_ path: String, _ bench: Bench) -> ImageStatus {
    bench.state.project.record(of: path).status
  }

  private func shown(_ bench: Bench) -> [String] {
    (0..<bench.state.files.count).map { bench.state.files.paths[bench.state.files.index(at: $0)] }
  }

  private func filter(_ name: String, _ bench: inout Bench) {
    bench.run(.perform(commandID: "filter"), .find(.insert(name)), .find(.run))
  }

  @Test func workMakesAnImageInProgressAndIsKept() {
    var bench = Bench()
    #expect(status("a.png", bench) == .untouched && bench.records.isEmpty)
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    #expect(status("a.png", bench) == .inProgress)
    #expect(bench.records == [RecordRequest(path: "a.png", record: ImageRecord(status: .inProgress))])
    bench.run(.addClick(at: ImagePoint(x: 19, y: 9), isPositive: true))
    #expect(bench.records.count == 1, "nothing new to keep")
    bench.run(.edit(.setClass("cat")))
    #expect(bench.records.last?.record == ImageRecord(status: .inProgress, classes: ["cat"]))
    bench.run(.undo, .undo, .undo)
    #expect(status("a.png", bench) == .untouched)
  }

  @Test func theScreenWaitsUntilAMarkIsKept() {
    var bench = Bench()
    let effects = Reducer.reduce(&bench.state, .perform(commandID: "done"))
    guard case .record(let request)? = effects.first else { return #expect(Bool(false), "it is kept") }
    #expect(bench.state.isJournaling)
    bench.run(.project(.recorded(request)))
    #expect(!bench.state.isJournaling && status("a.png", bench) == .done)
    bench.run(.perform(commandID: "done"))
    #expect(status("a.png", bench) == .untouched, "again takes it away")
  }

  @Test func whatIsDoneStaysDoneWhileItIsWorkedOn() {
    var bench = Bench()
    bench.run(.perform(commandID: "done"), .addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    #expect(status("a.png", bench) == .done)
    bench.run(.perform(commandID: "done"))
    #expect(status("a.png", bench) == .inProgress)
  }

  @Test func finishingGoesOnToTheNextUntouchedImage() {
    var bench = Bench(fileCount: 5)
    bench.run(
      .project(.recordsRead(["b.png": ImageRecord(status: .inProgress)])), .perform(commandID: "finish"))
    #expect(bench.state.view?.path == "c.png" && status("a.png", bench) == .done)
    bench.run(.perform(commandID: "skip"))
    #expect(bench.state.view?.path == "d.png" && status("c.png", bench) == .skipped)
    bench.run(.perform(commandID: "previous-untouched"))
    #expect(bench.state.view?.path == "e.png", "beginning anew at the other end")
    bench.run(.perform(commandID: "finish"), .perform(commandID: "finish"))
    #expect(bench.state.view?.path == "d.png" && bench.state.notice?.text == "No other image is untouched")
    #expect(bench.state.project.finishedCount == 4)
  }

  @Test func filtersListWhatTheyName() {
    var bench = Bench(fileCount: 6)
    bench.run(
      .project(
        .recordsRead([
          "b.png": ImageRecord(status: .done, classes: ["cat", "dog"]),
          "d.png": ImageRecord(status: .skipped),
          "e.png": ImageRecord(status: .inProgress, classes: ["dog"]),
        ])))
    filter("untouched", &bench)
    #expect(shown(bench) == ["a.png", "c.png", "f.png"])
    bench.run(.perform(commandID: "next"))
    #expect(bench.state.view?.path == "c.png")
    // What is worked on stays in the list until another is opened.
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    #expect(shown(bench) == ["a.png", "c.png", "f.png"])
    bench.run(.perform(commandID: "next"))
    #expect(shown(bench) == ["a.png", "f.png"] && bench.state.view?.path == "f.png")
    filter("dog", &bench)
    #expect(shown(bench) == ["b.png", "e.png", "f.png"])
    bench.run(.focus(.files), .moveSelection(-1), .openSelection)
    #expect(bench.state.view?.path == "e.png" && shown(bench) == ["b.png", "e.png"])
    filter("done", &bench)
    #expect(shown(bench) == ["b.png", "e.png"])
    filter("all", &bench)
    #expect(bench.state.files.count == 6 && bench.state.selectedFile == 4)
  }

  /// However long the list is, only the rows in sight are looked at.
  @Test func longListsAreAsSmallAsThePane() {
    let paths = (0..<100_000).map { "photos/\($0).jpg" }
    var state = State(files: FileList(paths: paths), layout: Bench.layout, model: "test")
    _ = Reducer.reduce(&state, .pictureLoaded(path: paths[0], Bench.picture))
    _ = Reducer.reduce(&state, .focus(.files))
    for lines in [1, 10, 60_000, 100_000, -3] {
      _ = Reducer.reduce(&state, .moveSelection(lines))
      let window = FilesWindow(state: state)
      #expect(window.range.count <= state.layout.files.height && window.range.contains(state.selectedFile))
    }
    #expect(state.selectedFile == 99_996)
    // Nor does the palette list them all.
    _ = Reducer.reduce(&state, .find(.open(.palette, text: "open-file ")))
    #expect(FinderWindow(state: state)?.rows.count == 1000)
  }

  @Test func foldersAreReadWhileTheWorkbenchIsOpen() {
    var state = State(
      files: FileList(paths: []), folders: ["photos"], layout: Bench.layout, model: "test")
    guard case .openProject(["photos"], lists: true)? = state.initialEffects.first else {
      return #expect(Bool(false), "the folder is read")
    }
    #expect(state.initialEffects.count == 1 && state.project.isListing)
    for id in CommandTable.all.map(\.id) where id != "quit" {
      _ = Reducer.reduce(&state, .perform(commandID: id))
    }
    let effects = Reducer.reduce(&state, .project(.listed(["photos/a.png", "photos/b.png"])))
    guard case .loadPicture("photos/a.png")? = effects.first else {
      return #expect(Bool(false), "the first is opened")
    }
    #expect(!state.project.isListing && state.files.count == 2)
    var other = State(files: FileList(paths: []), folders: ["x"], layout: Bench.layout, model: "test")
    _ = Reducer.reduce(&other, .project(.listingFailed(message: "x: cannot be listed")))
    #expect(other.failure == "x: cannot be listed" && !other.project.isListing)
  }
}
