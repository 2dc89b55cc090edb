import Annotations
import Foundation
import TerminalScreen
import Testing
import VisionTasks
import WorkbenchCore

/// Screens as text, compared with the files in `Fixtures`; `VIGNETTE_RECORD=1` writes them anew.
@Suite struct GoldenScreenTests {
  /// A situation to look at.
  enum Situation: String, CaseIterable {
    case opening, opened, clicked, segmenting, keyboard, rulers, files, layers, help, helpSearched, palette
    case paletteArgument, palettePath, tour, overwrite, unreadable
    case portrait, parts, nobody
    case objects, noObjects, objectMenu, history, drawing, classNames, project, pictures

    func arrange(_ scene: inout Scene) {
      let (objects, project) = (GoldenScreenTests.objects, GoldenScreenTests.project)
      let open = Action.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)
      let clicks: [Action] = [
        .addClick(at: ImagePoint(x: 200, y: 150), isPositive: true),
        .addClick(at: ImagePoint(x: 60, y: 50), isPositive: false),
      ]
      switch self {
      case .opening: break
      case .opened: scene.run([open])
      case .clicked:
        scene.run(
          [open] + clicks + [.drawn(FrameLatency(composite: 3, encode: 6, write: 0.4))], mask: Scene.mask)
      case .segmenting: scene.run([open] + clicks)
      case .keyboard:
        scene.run([open, .zoom(steps: 6, at: nil), .moveCrosshair(.left, isBig: true), .boxAtCrosshair])
      case .files:
        scene.run([open] + clicks + [.focusNext(backward: false), .moveSelection(1)], mask: Scene.mask)
      case .layers:
        scene.run(
          [open] + clicks + [.focus(.layers), .switchLayerOrder, .moveSelection(30)], mask: Scene.mask)
      case .rulers:
        scene.run(
          [open] + clicks + [.see(.toggleRulers), .see(.goTo(ImagePoint(x: 200.5, y: 150.5)))],
          mask: Scene.mask)
      case .help: scene.run([open, .find(.open(.help))])
      case .helpSearched: scene.run([open, .find(.open(.help)), .find(.insert("mask"))])
      case .palette: scene.run([open, .find(.open(.palette)), .find(.insert("zo"))])
      case .paletteArgument:
        scene.run([open, .find(.open(.palette, text: "theme ")), .find(.move(lines: 1))])
      case .palettePath:
        let names = ["a photo.json", "a\u{1B}[2J\u{07}\n.json", "annotations/", "日本語.json"]
        scene.run([
          open, .find(.open(.palette, text: "import coco ~/data/")),
          .find(.listed(folder: "~/data/", .names(names))), .find(.move(lines: 2)),
        ])
      case .tour: scene.run([open, .tour(.start), .tour(.next)])
      case .overwrite:
        scene.run([open] + clicks, mask: Scene.mask)
        let request = SaveRequest(
          path: "samples/astronaut-mask.png", mask: RunLengths(Scene.mask), image: scene.state.files.paths[0],
          step: 2)
        scene.run([.saveWouldOverwrite(request)])
      case .portrait: scene.run([open, .people(.togglePortrait), .people(Scene.portraitFound)])
      case .parts:
        scene.run([
          open, .people(.nextFaceView), .people(Scene.facesFound), .focus(.layers), .moveSelection(3),
          .perform(commandID: "toggle-part"), .moveCrosshair(.left, isBig: false),
        ])
      case .nobody:
        scene.run([
          open, .people(.nextFaceView),
          .people(
            .facesFound(
              path: scene.state.files.paths[0],
              People.Faces(
                parsing: FaceParsing(width: 640, height: 480, faces: []),
                uncertainties: [UInt8](repeating: 0, count: 640 * 480)))),
        ])
      case .objects: scene.run(objects(open), mask: Scene.mask)
      case .noObjects: scene.run([open, .focus(.objects)])
      case .objectMenu:
        scene.run(objects(open) + [.objects(.showMenu(2)), .find(.insert("hole"))], mask: Scene.mask)
      case .history:
        scene.run(
          [open] + clicks + [.undo, .addClick(at: ImagePoint(x: 300, y: 200), isPositive: true)]
            + [.perform(commandID: "fill-holes"), .perform(commandID: "duplicate"), .history(.pick(2))],
          mask: Scene.mask)
      case .drawing: scene.run([open, .perform(commandID: "brush"), .moveCrosshair(.left, isBig: true)])
      case .project: scene.run(objects(open) + project + [.focus(.files)], mask: Scene.mask)
      case .pictures:
        scene.run([open] + project + [.toggleThumbnails])
        for path in scene.state.files.paths.prefix(2) { scene.run([.thumbnail(path: path, Scene.picture)]) }
      case .classNames:
        scene.run(objects(open), mask: Scene.mask)
        for (id, name) in ["a\u{1B}[2J\u{07}", "日本語の写真猫", "\u{202E}tac"].enumerated() {
          scene.run([.edit(.command(.select(id + 1))), .edit(.setClass(name))])
        }
      case .unreadable:
        let path = scene.state.files.paths[0]
        scene.run([
          .pictureFailed(path: path, message: "\(path): is neither PNG nor JPEG; convert it to one of them")
        ])
      }
    }
  }

  /// Three objects: one clicked and named, one drawn, and one from a model that is hidden.
  static func objects(_ open: Action) -> [Action] {
    [
      open, .addClick(at: ImagePoint(x: 200, y: 150), isPositive: true),
      .addClick(at: ImagePoint(x: 60, y: 50), isPositive: false), .edit(.setClass("cat")),
      .perform(commandID: "new"),
      .edit(.command(.draw(.rectangle(.init(x: 400, y: 100), .init(x: 500, y: 220)), .draw))),
      .people(.togglePortrait), .people(Scene.portraitFound), .people(.keepAsObjects),
      .perform(commandID: "hide-object"), .focus(.objects), .moveSelection(1),
    ]
  }

  /// Some images done or left out, and a filter.
  static let project: [Action] = [
    .project(
      .recordsRead([
        "samples/cat.png": ImageRecord(status: .done, classes: ["cat"]),
        "samples/coffee.jpg": ImageRecord(status: .skipped),
      ])),
    .project(.filter(.status(.done))),
  ]

  static let sizes = [ScreenSize(columns: 80, rows: 24), ScreenSize(columns: 160, rows: 48)]

  @Test(arguments: Situation.allCases, sizes)
  func screensAreAsRecorded(situation: Situation, size: ScreenSize) throws {
    var scene = try Scene(columns: size.columns, rows: size.rows)
    situation.arrange(&scene)
    try Golden.check("\(situation.rawValue)-\(size.columns)x\(size.rows)", scene.frame().lines)
  }

  /// A frame must be ready well within the sixtieth of a second after which scrolling would not look smooth.
  @Test func networksOfManyLayersScroll() throws {
    var scene = try Scene(columns: 160, rows: 48)
    Situation.layers.arrange(&scene)
    let steps = (0..<1500).map { LayerTable.Step("layer.\($0)", milliseconds: Double($0 * 7 % 13)) }
    scene.show(LayerTable(steps: steps, milliseconds: 10_000))
    var fastest = Duration.seconds(1)
    for _ in 0..<40 {
      scene.run([.moveSelection(30)])
      fastest = min(fastest, ContinuousClock().measure { _ = scene.compositor.frame(of: scene.state) })
    }
    #expect(fastest < .milliseconds(16), "\(fastest)")
    #expect(try scene.frame().lines.contains { $0.contains("layer.12") })
  }

  @Test(arguments: [ScreenSize(columns: 39, rows: 24), ScreenSize(columns: 12, rows: 3)])
  func smallScreensSayWhatTheyNeed(size: ScreenSize) throws {
    var scene = try Scene(columns: size.columns, rows: size.rows)
    try Golden.check("small-\(size.columns)x\(size.rows)", scene.frame().lines)
  }

  @Test func narrowScreensLeaveThePanesOut() throws {
    var scene = try Scene(columns: 60, rows: 20)
    Situation.clicked.arrange(&scene)
    try Golden.check("clicked-60x20", scene.frame().lines)
  }

  @Test func narrowScreensMakeRoomForAPane() throws {
    var scene = try Scene(columns: 60, rows: 20)
    Situation.objects.arrange(&scene)
    try Golden.check("objects-60x20", scene.frame().lines)
    scene.run([.perform(commandID: "history-pane")])
    try Golden.check("history-60x20", scene.frame().lines)
  }

  @Test func namesCannotBreakTheScreen() throws {
    var scene = try Scene(
      columns: 80, rows: 24,
      files: ["a\u{1B}[2J\u{07}.png", "日本語の写真.jpg", "e\u{301}te\u{301}.png", "\u{202E}gnp.exe"])
    scene.run([.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)])
    let frame = try scene.frame()
    #expect(frame.lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    try Golden.check("names-80x24", frame.lines)
    // Names in files of annotations come up in messages.
    scene.run([
      .transfer(.failed(message: "1 name in the file without a photo here: a\u{1B}[2J\n\u{9B}1m\u{202E}b"))
    ])
    let told = try scene.frame().lines
    #expect(told.last?.contains("1 name in the file") == true)
    #expect(
      told.allSatisfy { line in
        line.unicodeScalars.allSatisfy {
          $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{202E}"
        }
      })
  }
}

/// A recorded screen.
enum Golden {
  static func check(_ name: String, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let file = Scene.root.appendingPathComponent("Tests/Workbench/WorkbenchPanesTests/Fixtures/\(name).txt")
    let text = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["VIGNETTE_RECORD"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if text != expected {
      Issue.record(
        Comment(rawValue: "\(name):\n\(difference(expected, text))"), sourceLocation: sourceLocation)
    }
  }

  /// The lines that differ, the recorded one above the new one.
  private static func difference(_ expected: String, _ found: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    return (0..<max(old.count, new.count)).compactMap { index in
      let before = index < old.count ? String(old[index]) : ""
      let after = index < new.count ? String(new[index]) : ""
      return before == after ? nil : "\(index + 1) - \(before)\n\(index + 1) + \(after)"
    }.joined(separator: "\n")
  }
}
