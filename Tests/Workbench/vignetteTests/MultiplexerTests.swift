import Foundation
import Images
import TerminalScreen
import Testing
import WorkbenchCore

/// The real program in tmux, which shows no images, by half-blocks.
@Suite(
  .enabled(if: Program.isBuilt, "the program is not built"),
  .enabled(if: Program.find("tmux") != nil, "tmux is not installed"))
struct MultiplexerTests {
  static let layout = Layout(
    screen: ScreenSize(columns: 100, rows: 40), cell: PixelSize(width: 1, height: 2))

  /// A server of its own with one window.
  struct Multiplexer {
    let tmux: String
    let socket: String

    @discardableResult
    func run(_ arguments: String...) throws -> String {
      try Program.run(tmux, ["-L", socket, "-f", "/dev/null"] + arguments).output
    }

    /// The screen as text with colours.
    func capture() throws -> [String] {
      try run("capture-pane", "-p", "-e").components(separatedBy: "\n")
    }
  }

  /// The colours in force at a column of a captured line, as tmux writes them.
  private static func colors(_ line: String, column: Int) -> String {
    var state: [String] = ["", ""]
    var place = 0
    var rest = Substring(line)
    while let character = rest.first {
      if character == "\u{1B}", let end = rest.firstIndex(of: "m") {
        var numbers = rest[rest.index(rest.startIndex, offsetBy: 2)..<end].split(
          whereSeparator: { $0 == ";" || $0 == ":" })
        while let number = numbers.first {
          let isExtended = number == "38" || number == "48"
          let length = isExtended && numbers.count > 1 ? (numbers[1] == "5" ? 3 : 5) : 1
          let text = numbers.prefix(length).joined(separator: ";")
          if number.hasPrefix("3") { state[0] = text }
          if number.hasPrefix("4") { state[1] = text }
          if number == "0" { state = ["", ""] }
          numbers.removeFirst(min(length, numbers.count))
        }
        rest = rest[rest.index(after: end)...]
        continue
      }
      if place == column { return state.joined(separator: " ") + String(character) }
      place += 1
      rest = rest.dropFirst()
    }
    return ""
  }

  @Test func aClickTintsTheObjectAndNothingElse() throws {
    let tmux = try #require(Program.find("tmux"))
    let multiplexer = Multiplexer(tmux: tmux, socket: "vignette-\(UUID().uuidString)")
    defer { _ = try? multiplexer.run("kill-server") }
    let command =
      "VIGNETTE_ROOT='\(Program.root.path)' XDG_CONFIG_HOME=/nonexistent VIGNETTE_KERNELS=predicted '\(Program.path)' "
      + "--output '\(FileManager.default.temporaryDirectory.path)/vignette-\(UUID().uuidString)' "
      + "--graphics half-blocks '\(Program.sample(SampleObject.coffee.file))'"
    try multiplexer.run("new-session", "-d", "-x", "100", "-y", "40", command)
    var before: [String] = []
    let isShown = try Program.waits {
      let last = before
      before = try multiplexer.capture()
      // Drawn to its end: the last lines stand, and nothing changes any more.
      return before == last && before.contains { $0.contains("▀") } && before.contains { $0.contains("quit") }
    }
    try #require(isShown)
    let image = try ImageFile.load(Program.sample(SampleObject.coffee.file))
    let viewport = Viewport(
      image: PixelSize(width: image.width, height: image.height), pane: Self.layout.imagePixels)
    func cell(_ point: ImagePoint) -> (column: Int, row: Int) {
      let place = viewport.panePoint(of: point)
      return (Int(place.x), Int(place.y) / 2)
    }
    let click = cell(SampleObject.coffee.inside)
    for end in ["M", "m"] {
      try multiplexer.run("send-keys", "-l", "\u{1B}[<0;\(click.column + 1);\(click.row + 1)\(end)")
    }
    let isTinted = try Program.waits {
      let after = try multiplexer.capture()
      return SampleObject.coffee.objectPoints.map(cell).allSatisfy { cell in
        Self.colors(before[cell.row], column: cell.column)
          != Self.colors(after[cell.row], column: cell.column)
      }
    }
    #expect(isTinted, "the object's cells change their colours")
    let after = try multiplexer.capture()
    for point in SampleObject.coffee.otherPoints {
      let (column, row) = cell(point)
      #expect(Self.colors(before[row], column: column) == Self.colors(after[row], column: column), "\(point)")
    }
  }
}
