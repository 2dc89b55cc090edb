import Foundation
import Images
import TerminalScreen
import Testing
import WorkbenchCore

/// The real program in a real xterm on a virtual display, clicked with the mouse and looked at by its pixels.
@Suite(
  .enabled(if: Program.isBuilt, "the program is not built"),
  .enabled(
    if: ["Xvfb", "xterm", "xdotool", "import"].allSatisfy { Program.find($0) != nil },
    "xterm, Xvfb, xdotool or ImageMagick is not installed"))
struct TerminalWindowTests {
  /// A virtual display with one xterm in its top left corner.
  final class Window {
    private var processes: [pid_t] = []
    private let environment: [String: String]
    let folder: URL

    /// Starts a display, whose number X finds itself, and the program in xterm on it.
    init(_ arguments: [String], folder: URL) throws {
      self.folder = folder
      let number = folder.appendingPathComponent("display").path
      let errors = folder.appendingPathComponent("errors").path
      let display = try ChildProcess.start(
        [
          Program.find("Xvfb") ?? "", "-displayfd", "1", "-screen", "0", "1200x900x24", "-nolisten", "tcp",
        ], environment: Program.environment(), streams: .files(output: number, errors: errors))
      processes.append(display)
      var name = ""
      _ = Program.waits {
        name = String(decoding: FileManager.default.contents(atPath: number) ?? Data(), as: UTF8.self)
        return name.hasSuffix("\n")
      }
      environment = Program.environment([
        "DISPLAY": ":\(name.trimmingCharacters(in: .whitespacesAndNewlines))"
      ])
      let xterm = try ChildProcess.start(
        [
          Program.find("xterm") ?? "", "-ti", "vt340", "-geometry", "100x40+0+0", "-xrm",
          "XTerm*maxGraphicSize: 4096x4096", "-e", Program.path,
        ] + arguments, environment: environment, streams: .files(output: "/dev/null", errors: errors))
      processes.append(xterm)
    }

    deinit {
      for process in processes.reversed() {
        kill(process, SIGTERM)
        _ = ChildProcess.wait(for: process)
      }
    }

    /// The display's pixels.
    func screenshot() throws -> Image {
      let path = folder.appendingPathComponent("\(UUID().uuidString).png").path
      _ = try Program.run(
        Program.find("import") ?? "", ["-window", "root", "PNG24:\(path)"], environment: environment)
      return try ImageFile.load(path)
    }

    func pointer(_ arguments: String...) throws {
      _ = try Program.run(Program.find("xdotool") ?? "", arguments, environment: environment)
    }
  }

  /// A pixel of a screenshot.
  private static func pixel(_ image: Image, _ x: Int, _ y: Int) -> Tint.Pixel {
    let pixel = image[x, y]
    return [Double(pixel.red), Double(pixel.green), Double(pixel.blue)]
  }

  @Test func aClickTintsTheObjectAndNothingElse() async throws {
    try await Program.withFolder { folder in
      let sample = SampleObject.coffee
      let window = try Window([Program.sample(sample.file), "--output", folder.path], folder: folder)
      // xterm's own font has cells of 6 by 13 pixels; its window has an inner border of 2.
      let (cell, border) = (PixelSize(width: 6, height: 13), 2)
      let layout = Layout(screen: ScreenSize(columns: 100, rows: 40), cell: cell)
      let photo = try ImageFile.load(Program.sample(sample.file))
      let viewport = Viewport(
        image: PixelSize(width: photo.width, height: photo.height), pane: layout.imagePixels)
      func place(_ point: ImagePoint) -> (x: Int, y: Int) {
        let place = viewport.panePoint(of: point)
        return (Int(place.x) + border, Int(place.y) + border)
      }
      let points = sample.objectPoints + sample.otherPoints
      let isShown = try Program.waits {
        let shot = try window.screenshot()
        return points.allSatisfy { point in
          let spot = place(point)
          let pixel = photo[Int(point.x), Int(point.y)]
          let expected = [Double(pixel.red), Double(pixel.green), Double(pixel.blue)]
          return Tint.distance(Self.pixel(shot, spot.x, spot.y), expected) < 60
        }
      }
      try #require(isShown, "the photo is where it should be")
      let before = try window.screenshot()
      let click = place(sample.inside)
      try window.pointer("mousemove", "\(click.x)", "\(click.y)", "click", "1")
      let tint = Tint(try Theme.named("dark", in: [Program.root.appendingPathComponent("Themes").path]))
      let isTinted = try Program.waits {
        let after = try window.screenshot()
        return sample.objectPoints.map(place).allSatisfy { spot in
          tint.isOn(before: Self.pixel(before, spot.x, spot.y), after: Self.pixel(after, spot.x, spot.y))
        }
      }
      #expect(isTinted, "the mask's tint is on the object")
      let after = try window.screenshot()
      for point in sample.otherPoints {
        let spot = place(point)
        #expect(
          Tint.isUnchanged(
            before: Self.pixel(before, spot.x, spot.y), after: Self.pixel(after, spot.x, spot.y)), "\(point)")
      }
    }
  }
}
