import Images
import TerminalScreen
import Testing
import VisionTasks
import WorkbenchCore

/// The picture's pixels, looked at through half-blocks, which show exact colours.
@Suite struct ImagePaneTests {
  /// The colour of the bitmap's pixel under an image point.
  private func color(_ frame: HeadlessScreen.Frame, _ state: State, x: Double, y: Double) throws -> [UInt8] {
    let viewport = try #require(state.view?.viewport)
    let place = viewport.panePoint(of: ImagePoint(x: x, y: y))
    let (column, row) = (Int(place.x), Int(place.y))
    let cell = frame.composed[column + state.layout.bitmap.x, row / 2 + state.layout.bitmap.y]
    let isUpper = row % 2 == 0 && cell.text != " "
    guard case .rgb(let red, let green, let blue) = isUpper ? cell.style.foreground : cell.style.background
    else { return [] }
    return [red, green, blue]
  }

  private func clicked(_ clicks: [Action]) throws -> Scene {
    var scene = try Scene(columns: 120, rows: 40, graphics: .half)
    scene.run([.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)] + clicks, mask: Scene.mask)
    return scene
  }

  @Test func theTintIsOnTheObjectAndNotOffIt() throws {
    var scene = try clicked([.addClick(at: ImagePoint(x: 200, y: 150), isPositive: true)])
    let frame = try scene.frame()
    var plain = try clicked([])
    let before = try plain.frame()
    for (x, y) in stride(from: 5.0, to: 640, by: 31).flatMap({ x in
      stride(from: 5.0, to: 480, by: 23).map { (x, $0) }
    }) {
      let isMask = (165...315).contains(x) && (125...235).contains(y)
      let isOff = !(155...325).contains(x) || !(115...245).contains(y)
      let old = try color(before, plain.state, x: x, y: y)
      let new = try color(frame, scene.state, x: x, y: y)
      guard abs(x - 200) > 10 || abs(y - 150) > 10 else { continue }
      if isMask { #expect(new[2] > old[2] &+ 40, "(\(x), \(y)): \(old) -> \(new)") }
      if isOff { #expect(new == old, "(\(x), \(y))") }
    }
  }

  @Test func clicksAreMarkedInTheirColours() throws {
    var scene = try clicked([
      .addClick(at: ImagePoint(x: 200, y: 150), isPositive: true),
      .addClick(at: ImagePoint(x: 500, y: 400), isPositive: false),
    ])
    let frame = try scene.frame()
    #expect(try color(frame, scene.state, x: 200, y: 150) == [0x3d, 0xdc, 0x84])
    #expect(try color(frame, scene.state, x: 500, y: 400) == [0xff, 0x52, 0x47])
  }

  @Test func aBoxIsFramedWhileItIsDragged() throws {
    var scene = try clicked([])
    let viewport = try #require(scene.state.view?.viewport)
    let start = viewport.panePoint(of: ImagePoint(x: 100, y: 100))
    let end = viewport.panePoint(of: ImagePoint(x: 500, y: 380))
    scene.run([.press(.select, at: start), .drag(to: end)])
    let frame = try scene.frame()
    #expect(try color(frame, scene.state, x: 300, y: 100) == [0xff, 0xd8, 0x4d])
    #expect(try color(frame, scene.state, x: 500, y: 200) == [0xff, 0xd8, 0x4d])
    #expect(try color(frame, scene.state, x: 300, y: 240)[0] < 0xf0)
  }

  @Test func nothingChangesMeansNothingIsSent() throws {
    var scene = try Scene(columns: 80, rows: 24)
    scene.run([.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)])
    let first = try #require(try scene.frame().graphics.first)
    scene.run([.find(.open(.help))])
    let second = try #require(try scene.frame().graphics.first)
    #expect(first.generation == second.generation)
    #expect(scene.screen.statistics.graphicsByteCount == 0)
  }

  @Test func anotherThemeIsSent() throws {
    var scene = try Scene(columns: 80, rows: 24)
    scene.run([.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)])
    let before = try #require(try scene.frame().graphics.first)
    let folder = Scene.root.appendingPathComponent("Themes").path
    scene.run([.themeLoaded(try Theme.named("light", in: [folder]))])
    let after = try #require(try scene.frame().graphics.first)
    #expect(after.generation > before.generation && after.content != before.content)
  }

  @Test func everyChangeOfTheMarksIsSent() throws {
    var scene = try Scene(columns: 80, rows: 24)
    scene.run([.pictureLoaded(path: scene.state.files.paths[0], Scene.picture)])
    var last = try #require(try scene.frame().graphics.first?.generation)
    let changes: [Action] = [
      .addClick(at: ImagePoint(x: 9, y: 9), isPositive: true), .moveCrosshair(.up, isBig: false),
      .zoom(steps: 1, at: nil), .undo,
    ]
    for action in changes {
      scene.run([action], mask: Scene.mask)
      let next = try #require(try scene.frame().graphics.first?.generation)
      #expect(next > last, "\(action)")
      last = next
    }
  }

  /// The magnifier stands in the corner away from the crosshair and shows its pixel in the middle.
  @Test func theMagnifierShowsThePixelsAroundTheCrosshair() throws {
    var scene = try clicked([
      .see(.toggleMagnifier), .see(.goTo(ImagePoint(x: 600.5, y: 240.5))),
    ])
    let frame = try scene.frame()
    let pane = scene.state.layout.imagePixels
    let viewport = try #require(scene.state.view?.viewport)
    // The picture is red by its column: in the left corner it now has the colour of the columns around 600.
    let corner = viewport.imagePoint(at: PanePoint(x: 2.5, y: 2.5))
    let shown = try color(frame, scene.state, x: corner.x, y: corner.y)
    #expect(abs(Int(shown[0]) - 600 / 3) < 12, "\(shown) in \(pane)")
  }

  @Test func theMapShowsTheWholeWhileThePictureIsEnlarged() throws {
    var scene = try clicked([.zoom(steps: 12, at: PanePoint(x: 0, y: 0))])
    let pane = scene.state.layout.imagePixels
    let viewport = try #require(scene.state.view?.viewport)
    func corner(_ frame: HeadlessScreen.Frame) throws -> [UInt8] {
      let place = viewport.imagePoint(
        at: PanePoint(x: Double(pane.width) - 3.5, y: Double(pane.height) - 4.5))
      return try color(frame, scene.state, x: place.x, y: place.y)
    }
    let with = try corner(try scene.frame())
    scene.run([.see(.toggleMinimap)])
    let without = try corner(try scene.frame())
    #expect(with[0] > 180, "the right border of the whole: \(with)")
    #expect(without[0] < 60, "what is enlarged at the left: \(without)")
  }

  /// The mask's colour is another one where the picture is like the theme's.
  @Test func theTintStandsOutFromThePicture() throws {
    func tint(of ground: [UInt8]) throws -> [UInt8] {
      let picture = Image(
        width: 640, height: 480, pixels: (0..<640 * 480).flatMap { _ in ground })
      var scene = try Scene(columns: 120, rows: 40, graphics: .half)
      scene.run(
        [
          .pictureLoaded(path: scene.state.files.paths[0], picture),
          .addClick(at: ImagePoint(x: 200, y: 150), isPositive: true), .see(.setOpacity(1)),
        ], mask: Scene.mask)
      return try color(try scene.frame(), scene.state, x: 250, y: 200)
    }
    #expect(try tint(of: [128, 128, 128]) == [0x1f, 0x9c, 0xf0])
    let onBlue = try tint(of: [0x30, 0xa0, 0xf0])
    #expect(onBlue[2] < 200, "\(onBlue)")
  }

  /// An object's colour is the same whether it is selected or not, and beside its name.
  @Test func objectsKeepTheirColours() throws {
    var scene = try clicked([
      .addClick(at: ImagePoint(x: 200, y: 150), isPositive: true), .edit(.command(.duplicate)),
      .edit(.command(.duplicate)), .see(.setOpacity(1)), .focus(.objects),
    ])
    /// The colour beside the name of each object, the topmost first.
    func swatches(_ frame: HeadlessScreen.Frame) -> [Color] {
      let pane = scene.state.layout.layers
      return (0..<3).map { frame.composed[pane.x + 1, pane.y + 2 + $0].style.background }
    }
    var seen: [[Color]] = []
    for id in 1...3 {
      scene.run([.edit(.command(.select(id)))])
      let frame = try scene.frame()
      seen.append(swatches(frame))
      let pixel = try color(frame, scene.state, x: 240, y: 180)
      let swatch = seen[id - 1][3 - id]
      #expect(swatch == .rgb(red: pixel[0], green: pixel[1], blue: pixel[2]), "object \(id)")
    }
    #expect(seen[0] == seen[1] && seen[1] == seen[2] && Set(seen[0]).count == 3)
  }

  /// An outline of half-blocks would hide small objects, and stand out more than the selected one.
  @Test func objectsInHalfBlocksHaveNoOutlines() throws {
    var scene = try clicked([
      .addClick(at: ImagePoint(x: 200, y: 150), isPositive: true), .perform(commandID: "new"),
      .focus(.objects),
    ])
    let frame = try scene.frame()
    let pane = scene.state.layout.layers
    let swatch = frame.composed[pane.x + 1, pane.y + 2].style.background
    for x in stride(from: 160.0, to: 320, by: 5) {
      let pixel = try color(frame, scene.state, x: x, y: 180)
      #expect(swatch != .rgb(red: pixel[0], green: pixel[1], blue: pixel[2]), "\(x)")
    }
  }
}
