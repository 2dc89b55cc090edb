import TerminalScreen
import Testing
import WorkbenchCore

/// Paths in the palette, with folders that the test makes up.
@Suite struct PathCompletionTests {
  /// Opens the palette with a line; folders are read as soon as that is asked for.
  private func typed(_ line: String, _ folders: [String: [String]]) -> Bench {
    var bench = Bench()
    bench.run(.find(.open(.palette)), .find(.insert(line)))
    answer(&bench, folders)
    return bench
  }

  private func answer(_ bench: inout Bench, _ folders: [String: [String]]) {
    let asked = listed(bench)
    bench.held = bench.held.filter { if case .listFolder = $0 { false } else { true } }
    for folder in asked { bench.run(.find(.listed(folder: folder, .names(folders[folder] ?? [])))) }
  }

  private func listed(_ bench: Bench) -> [String] {
    bench.held.compactMap { if case .listFolder(let folder) = $0 { folder } else { nil } }
  }

  private func labels(_ bench: Bench) -> [String] {
    FinderWindow(state: bench.state)?.rows.map { row in
      if case .path(_, let choice) = row { choice.label } else { "no path" }
    } ?? ["closed"]
  }

  private func imported(_ bench: Bench) -> String? {
    for case .transfer(.importFile(let request)) in bench.held { return request.source }
    return nil
  }

  @Test(arguments: [
    ("import coco ", ["b.json", "data/"]), ("import-all coco ", ["b.json", "data/"]),
    ("import coco b", ["b.json"]), ("import coco .", [".secret"]), ("import coco x", []),
    ("import coco dt", ["data/"]), ("import coco data/", ["./", "a b.json", "a.json"]),
    ("import coco data/a.", ["a.json", "a b.json"]), ("import coco data/.", []), ("import coco ~", ["~/"]),
    ("import coco nowhere/", ["./"]), ("import coco /", ["./", "etc/"]),
  ])
  func namesThatFitAreListed(line: String, expected: [String]) {
    let folders = [
      "": [".secret", "b.json", "data/"], "data/": ["a b.json", "a.json"], "/": ["etc/"],
    ]
    #expect(labels(typed(line, folders)) == expected)
  }

  /// What is typed exactly goes first, what begins with it before what only has its letters.
  @Test func namesAreRanked() {
    let names = ["A", "Ab", "a", "ab", "ba", "bxa"]
    #expect(labels(typed("import coco a", ["": names])) == ["a", "ab", "A", "Ab", "ba", "bxa"])
  }

  @Test func tabTakesTheRealName() {
    for name in ["a b.json", "a\u{1B}[2J\n.json", "日本.json", "a  .json ", "~root", "\u{301}e.json"] {
      var bench = typed("import coco ", ["": [name]])
      #expect(labels(bench) == [name])
      bench.run(.find(.complete), .find(.run))
      let path = imported(bench)
      let isLed = path?.utf8.starts(with: "./".utf8) == true
      #expect(path.map { isLed ? String($0.unicodeScalars.dropFirst(2)) : $0 } == name)
      #expect(isLed == ["~root", "\u{301}e.json"].contains(name))
    }
  }

  @Test func marksAtTheStartOfANameDoNotHideTheSlash() {
    var bench = typed("import coco d/", ["d/": ["\u{301}e.json"]])
    bench.run(.find(.move(lines: 1)), .find(.complete))
    #expect(bench.state.finder?.prompt.text == "import coco d/\u{301}e.json")
    answer(&bench, [:])
    #expect(labels(bench) == ["\u{301}e.json"])
  }

  @Test func enterGoesIntoFoldersAndTakesTheOneThatWasTyped() {
    let folders = ["": ["data/"], "data/": ["a.json"]]
    var bench = typed("import", folders)
    bench.run(.find(.run), .find(.insert("yol")), .find(.run))
    #expect(bench.state.finder?.prompt.text == "import yolo ")
    answer(&bench, folders)
    bench.run(.find(.run))
    #expect(bench.state.finder?.prompt.text == "import yolo data/" && imported(bench) == nil)
    answer(&bench, folders)
    #expect(labels(bench) == ["./", "a.json"])
    bench.run(.find(.run))
    #expect(imported(bench) == "data/")
    var whole = typed("import yolo data", folders)
    whole.run(.find(.run))
    #expect(imported(whole) == "data/")
  }

  @Test func aFolderIsReadOnceWhileThePaletteIsOpen() {
    var bench = typed("import coco d/", [:])
    bench.run(.find(.insert("x")), .find(.type(Key(.backspace))), .find(.type(Key(.backspace))))
    #expect(listed(bench) == [""])
    bench.run(.find(.insert("/")))
    #expect(listed(bench) == [""])
    bench.run(.find(.close), .find(.listed(folder: "", .names(["late"]))))
    #expect(bench.state.finder == nil)
    bench.run(.find(.open(.palette, text: "import coco ")))
    #expect(listed(bench) == ["", ""] && labels(bench).isEmpty)
  }

  @Test func aReportLeavesWhatIsShownAlone() {
    var bench = typed("go-to nowhere", [:])
    bench.run(.find(.run), .find(.listed(folder: "", .names(["a"]))))
    #expect(bench.state.notice?.kind == .warning)
  }

  @Test func ofManyNamesSomeHundredsAreListed() {
    let names = (0..<100_000).map { "p\($0).json" }
    let bench = typed("import coco ", ["": names])
    #expect(labels(bench).count == 300)
    #expect(labels(typed("import coco p99999", ["": names])) == ["p99999.json"])
    // Only the names of smaller folders are searched for letters.
    #expect(labels(typed("import coco 9j", ["": names])).isEmpty)
    #expect(labels(typed("import coco 9j", ["": Array(names.prefix(2000))])).count == 300)
  }
}
