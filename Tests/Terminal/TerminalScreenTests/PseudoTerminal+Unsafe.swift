import Foundation
import Synchronization

/// The far end of a pseudo-terminal: keeps what the program writes and answers its questions.
final class PseudoTerminal: Sendable {
  /// What the far end answers to a question that it sees.
  struct Answer: Sendable {
    var question: String
    var reply: String
  }

  /// The path of the end for the program.
  let path: String
  private let master: Int32
  /// Kept open, so that the far end never sees a hang-up between programs.
  private let slave: Int32
  private let received = Mutex<[UInt8]>([])
  private let isHangingUp = Mutex(false)

  /// Opens a pseudo-terminal and starts to answer.
  init(columns: Int = 80, rows: Int = 24, pixels: (width: Int, height: Int) = (0, 0), answers: [Answer])
    throws
  {
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    // Longer than any device name.
    var name = [CChar](repeating: 0, count: 256)
    guard openpty(&ends.master, &ends.slave, &name, nil, nil) == 0 else { throw POSIXError(.ENODEV) }
    (master, slave) = ends
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    resize(columns: columns, rows: rows, pixels: pixels)
    Thread.detachNewThread { self.answer(answers) }
  }

  private func answer(_ answers: [Answer]) {
    var open = answers
    var bytes = [UInt8](repeating: 0, count: 65536)
    while true {
      // Closing does not hang up while another thread reads, so the reading thread itself closes.
      var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      poll(&entry, 1, 20)
      if isHangingUp.withLock({ $0 }) {
        close(master)
        return
      }
      if entry.revents == 0 { continue }
      let count = read(master, &bytes, bytes.count)
      guard count > 0 else { return }
      let text = received.withLock { all in
        all += bytes[..<count]
        return String(decoding: all, as: UTF8.self)
      }
      // Questions are asked once, or after a resize again: each has its own entry.
      while let first = open.first, text.contains(first.question) {
        open.removeFirst()
        _ = write(master, first.reply, first.reply.utf8.count)
      }
    }
  }

  /// Everything the program has written so far.
  var text: String { received.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Waits until the program has written a text, for at most five seconds.
  func waits(for expected: String) -> Bool { waits { $0.contains(expected) } }

  func waits(until condition: (String) -> Bool) -> Bool {
    for _ in 0..<500 {
      if condition(text) { return true }
      usleep(10_000)
    }
    return false
  }

  /// Types at the far end.
  func send(_ text: String) { _ = write(master, text, text.utf8.count) }

  func resize(columns: Int, rows: Int, pixels: (width: Int, height: Int) = (0, 0)) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: UInt16(pixels.width),
      ws_ypixel: UInt16(pixels.height))
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Whether keys come line by line and echoed, as a shell leaves the terminal to programs.
  var isCooked: Bool {
    var settings = termios()
    tcgetattr(slave, &settings)
    let wanted = tcflag_t(ICANON | ECHO | ISIG)
    return settings.c_lflag & wanted == wanted
  }

  /// Hangs up.
  func hangUp() {
    close(slave)
    isHangingUp.withLock { $0 = true }
  }

  /// What xterm 379 with `-ti vt340` answers, here of 480 x 312 pixels.
  static let xtermAnswers = [
    Answer(
      question: "\u{1B}[c",
      reply:
        "\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?1016;2$y\u{1B}[?2026;0$y\u{1B}[?1;0;1024S\u{1B}[?2;0;1000;1000S"
        + "\u{1B}[?2;0;480;312S\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\\u{1B}[?63;1;2;4;6;9;15;16;22;28c")
  ]

  /// What kitty answers: its graphics, and word that it is done.
  static let kittyAnswers = [
    Answer(
      question: "\u{1B}[c",
      reply:
        "\u{1B}P>|kitty(0.35.2)\u{1B}\\\u{1B}[?1016;2$y\u{1B}[?2026;2$y\u{1B}[6;20;10t\u{1B}_Gi=31;OK\u{1B}\\"
        + "\u{1B}P1$r0;48:2:1:2:3m\u{1B}\\\u{1B}[0n\u{1B}[?62;c")
  ]

  /// What foot answers where it differs: synchronized output and the cell size.
  static let footAnswers = [
    Answer(
      question: "\u{1B}[c",
      reply:
        "\u{1B}P>|foot(1.13.1)\u{1B}\\\u{1B}[?1016;2$y\u{1B}[?2026;2$y\u{1B}[?1;0;1024S\u{1B}[?2;0;10000;10000S"
        + "\u{1B}[6;14;7t\u{1B}[?2;0;560;336S\u{1B}[?62;4;22c")
  ]
}
