import Annotations
import Foundation
import Images
import TerminalScreen
import Testing
import WorkbenchCore
import WorkbenchPanes

/// The real program at a pseudo-terminal that decodes the sixel images it is sent.
@Suite(
  .enabled(if: Program.isBuilt, "the program is not built"),
  .serialized)
struct PseudoTerminalTests {
  /// The layout that the program uses at 100 by 40 cells of 10 by 20 pixels.
  static let layout = Layout(
    screen: ScreenSize(columns: 100, rows: 40), cell: PixelSize(width: 10, height: 20))

  private static func viewport(_ image: Image) -> Viewport {
    Viewport(image: PixelSize(width: image.width, height: image.height), pane: layout.imagePixels)
  }

  private static func pixel(_ bitmap: Bitmap, _ place: PanePoint) -> Tint.Pixel {
    let index = 3 * (Int(place.y) * bitmap.width + Int(place.x))
    return (0..<3).map { Double(bitmap.pixels[index + $0]) }
  }

  private static func tint() throws -> Tint {
    Tint(try Theme.named("dark", in: [Program.root.appendingPathComponent("Themes").path]))
  }

  private func withSession(
    _ arguments: [String], _ body: (TerminalSession) async throws -> Void
  ) async throws {
    // What is done to a sample must not be there for the next test.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "vignette-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let isSample = arguments[0].hasPrefix(Program.sample("")) && !arguments.contains("--output")
    let session = try TerminalSession(
      arguments + (isSample ? ["--output", folder.path] : []), environment: Program.environment())
    defer { session.end() }
    try await body(session)
  }

  /// The share of a picture's pixels that are not as in another one, but for what few colours can show.
  private static func changedShare(of picture: Bitmap, from other: Bitmap) -> Double {
    let count = picture.width * picture.height
    let changed = (0..<count).count { index in
      let point = PanePoint(x: Double(index % picture.width) + 0.5, y: Double(index / picture.width) + 0.5)
      return !Tint.isUnchanged(before: pixel(other, point), after: pixel(picture, point))
    }
    return Double(changed) / Double(count)
  }

  @Test func aClickTintsTheObjectAndNothingElse() async throws {
    let image = try ImageFile.load(Program.sample("coffee.jpg"))
    let viewport = Self.viewport(image)
    let tint = try Self.tint()
    try await withSession([Program.sample("coffee.jpg")]) { session in
      try #require(session.waitsForImage(after: 0))
      let before = try TerminalSession.decode(session.images[0])
      #expect(before.width == Self.layout.imagePixels.width)
      #expect(before.height == Self.layout.imagePixels.height)
      let place = viewport.panePoint(of: SampleObject.coffee.inside)
      session.click(x: Int(place.x), y: Int(place.y))
      let isTinted = try Program.waits {
        let after = try session.picture()
        return SampleObject.coffee.objectPoints.allSatisfy { point in
          let place = viewport.panePoint(of: point)
          return tint.isOn(before: Self.pixel(before, place), after: Self.pixel(after, place))
        }
      }
      #expect(isTinted, "the mask's tint is on the object")
      let after = try session.picture()
      for point in SampleObject.coffee.otherPoints {
        let place = viewport.panePoint(of: point)
        #expect(
          Tint.isUnchanged(before: Self.pixel(before, place), after: Self.pixel(after, place)), "\(point)")
      }
      let count = session.images.count
      session.send("u")
      try #require(session.waitsForImage(after: count))
      // What was drawn anew may be in other colours of the photo than before.
      let changed = Self.changedShare(of: try session.picture(), from: before)
      #expect(changed < 0.01, "undo shows the photo")
    }
  }

  /// A terminal that answers as kitty is sent the photo in exact colours, and nothing when it is left but the order
  /// to take the images away.
  @Test func kittyIsSentThePhoto() async throws {
    let image = try ImageFile.load(Program.sample("coffee.jpg"))
    let session = try TerminalSession(
      [Program.sample("coffee.jpg")], answers: TerminalSession.kitty, environment: Program.environment())
    defer { session.end() }
    let isShown = Program.waits { session.text.contains("\u{1B}_Ga=T") && session.isQuiet() }
    try #require(isShown)
    let theme = try Theme.named("dark", in: [Program.root.appendingPathComponent("Themes").path])
    let expected = PictureRaster(image: image, viewport: Self.viewport(image), theme: theme).plain
    let shown = try KittyReader.picture(
      session.text, size: Self.layout.imagePixels, cell: PixelSize(width: 10, height: 20))
    #expect(shown == expected)
    session.send("q")
    #expect(Program.waits { session.status != nil })
    #expect(session.text.contains("\u{1B}_Ga=d,d=I,q=2,i="))
  }

  /// Without any answer there are half-blocks and keys.
  @Test func aTerminalThatAnswersNothingStillWorks() async throws {
    let session = try TerminalSession(
      [Program.sample("coffee.jpg")], answers: "", environment: Program.environment())
    defer { session.end() }
    #expect(Program.waits { session.text.contains("▀") })
    #expect(!session.text.contains("\u{1B}P0;1;0q") && !session.text.contains("\u{1B}_Ga=T"))
    session.send("?")
    #expect(Program.waits { session.text.contains("Mark") })
    session.send("\u{1B}")
    #expect(Program.waits { session.isQuiet() })
    session.send("q")
    #expect(Program.waits { session.status == 0 })
  }

  @Test func savingWritesWhatTheCommandLineWrites() async throws {
    try await Program.withFolder { folder in
      let photo = folder.appendingPathComponent("photo.jpg")
      try FileManager.default.copyItem(atPath: Program.sample("coffee.jpg"), toPath: photo.path)
      let image = try ImageFile.load(photo.path)
      let viewport = Self.viewport(image)
      let saved = folder.appendingPathComponent("photo-mask.png").path
      // Two clicks at once: the second comes before the first is answered.
      let points = [SampleObject.coffee.inside, SampleObject.coffee.otherPoints[0]]
      try await withSession([photo.path]) { session in
        try #require(session.waitsForImage(after: 0))
        for (index, point) in points.enumerated() {
          let place = viewport.panePoint(of: point)
          session.click(x: Int(place.x), y: Int(place.y), button: index == 0 ? 0 : 2)
        }
        session.send("s")
        #expect(Program.waits { FileManager.default.fileExists(atPath: saved) })
        session.send("q")
        #expect(Program.waits { session.status == 0 }, "q leaves without asking when all is saved")
      }
      let places = points.map { point in
        let place = viewport.panePoint(of: point)
        return viewport.imagePoint(
          at: PanePoint(x: Double(Int(place.x)) + 0.5, y: Double(Int(place.y)) + 0.5))
      }
      let other = folder.appendingPathComponent("other.png").path
      let result = try Program.run(
        Program.path,
        [
          "segment", photo.path, "--point", "\(places[0].x),\(places[0].y)", "--point",
          "\(places[1].x),\(places[1].y),-", "--output", other, "--json",
        ])
      #expect(result.status == 0, "\(result.errors)")
      #expect(try ImageFile.load(saved) == ImageFile.load(other))
    }
  }

  @Test func theKeyboardAloneIsEnough() async throws {
    try await Program.withFolder { folder in
      try await withSession([Program.sample("coffee.jpg"), "--output", folder.path]) { session in
        try #require(session.waitsForImage(after: 0))
        session.send("\r")
        #expect(session.waitsForImage(after: 1), "the click is shown")
        session.send("s")
        let path = folder.appendingPathComponent("coffee-mask.png").path
        #expect(Program.waits { FileManager.default.fileExists(atPath: path) })
        session.send("x")
        session.send("q")
        #expect(Program.waits { session.status == 0 }, "what was done is kept, so q need not ask")
        let journal = try JournalReading(path: Journal.path(forImage: "coffee.jpg", under: folder.path))
        #expect(try journal.document()?.prompts.clicks.map(\.isPositive) == [true, false])
      }
    }
  }

  @Test func theTerminalIsRestored() async throws {
    try await withSession([Program.sample("cat.png")]) { session in
      try #require(session.waitsForImage(after: 0))
      session.send("q")
      #expect(Program.waits { session.status == 0 })
      let text = session.text
      for mode in ["1002", "1006", "1049"] {
        let set = text.range(of: "\u{1B}[?\(mode)h", options: .backwards)
        let reset = text.range(of: "\u{1B}[?\(mode)l", options: .backwards)
        #expect(
          (set?.upperBound).map { set in (reset?.lowerBound).map { set <= $0 } ?? false } == true, "\(mode)")
      }
    }
  }

  /// From the bytes of a click to the last byte of the frame with its mask, on a photo of 1280 by 960.
  @Test func aClickIsShownSoon() async throws {
    try await Program.withFolder { folder in
      let path = folder.appendingPathComponent("large.png").path
      let photo = try ImageFile.load(Program.sample("coffee.jpg"))
      try ImageFile.savePNG(
        photo.resized(width: 1280, height: 960, filter: .bilinear), to: path, overwrite: false)
      try await withSession([path]) { session in
        try #require(session.waitsForImage(after: 0))
        sleep(1)
        var milliseconds: [Double] = []
        var byteCounts: [Int] = []
        for index in 0..<11 {
          let count = session.images.count
          let start = ContinuousClock.now
          session.send("\u{1B}[<0;\(300 + index * 7);\(350 + index * 3)M")
          // A slow network's mask comes with a second image, which the median leaves out.
          while session.images.count == count, ContinuousClock.now - start < .seconds(5) { usleep(300) }
          milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
          byteCounts.append(session.images.dropFirst(count).reduce(0) { $0 + $1.count })
          session.send("\u{1B}[<0;\(300 + index * 7);\(350 + index * 3)m")
          usleep(50_000)
        }
        let median = milliseconds.sorted()[milliseconds.count / 2]
        print(
          "click to frame: median \(median) ms; bytes per click \(byteCounts.sorted()[byteCounts.count / 2])")
        #expect(median < 2000)
        session.send("q")
      }
    }
  }
}
