import Foundation

/// How far a batch is, as a line on the standard error stream when that is a terminal and there is more than one thing to
/// wait for.
struct ProgressBar {
  private static let width = 30

  private var total: Int
  private let isShown: Bool
  private var done = 0
  private var label = ""

  init(total: Int, isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
    self.total = total
    isShown = isTerminal && total > 1
    draw()
  }

  /// Notes that one more is done.
  mutating func advance() {
    done += 1
    draw()
  }

  /// Notes how far one of several stages is.
  mutating func show(_ done: Int, of total: Int, label: String) {
    (self.done, self.total, self.label) = (done, total, " \(label)")
    draw()
  }

  /// Takes the line away, so that other text can be written.
  func clear() { write("\r\u{1B}[K") }

  /// The line as it is now.
  var line: String {
    let filled = total == 0 ? 0 : Self.width * done / total
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: Self.width - filled)
    return "\(bar) \(done)/\(total)\(label)"
  }

  private func draw() { write("\r\(line)\u{1B}[K") }

  private func write(_ text: String) {
    if isShown { FileHandle.standardError.write(Data(text.utf8)) }
  }
}
