import Foundation
import TerminalScreen
import Testing

/// However the program ends, the terminal is as it was; each case ends a process of its own.
@Suite struct SignalHandlersTests {
  private func expectRestored(_ terminal: PseudoTerminal, _ how: String) {
    #expect(terminal.waits(for: "\u{1B}[?1049l"), "\(how)")
    let text = terminal.text
    let shown = text.range(of: "\u{1B}[?1002h", options: .backwards)
    let reset = text.range(of: "\u{1B}[?1002l", options: .backwards)
    if let shown, let reset {
      #expect(shown.upperBound < reset.lowerBound, "\(how)")
    } else {
      Issue.record("no mouse mode was set and reset: \(how)")
    }
    #expect(text.contains("\u{1B}[?1049h"), "\(how)")
    #expect(terminal.isCooked, "\(how)")
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func endingSignals(number: Int32) async throws {
    let terminal = try PseudoTerminal(answers: PseudoTerminal.xtermAnswers)
    await #expect(processExitsWith: .signal(number)) {
      [path = terminal.path as String, number = number as Int32] in
      let screen = try NcursesScreen(path: path, environment: ["TERM": "xterm-256color"])
      screen.present(CellBuffer(width: 80, height: 24), graphics: [])
      // To the process: the thread of a test may have blocked the signal.
      kill(getpid(), number)
      sleep(5)
      withExtendedLifetime(screen) {}
    }
    expectRestored(terminal, "signal \(number)")
  }

  @Test func crashes() async throws {
    let terminal = try PseudoTerminal(answers: PseudoTerminal.xtermAnswers)
    await #expect(processExitsWith: .failure) { [path = terminal.path as String] in
      let screen = try NcursesScreen(path: path, environment: ["TERM": "xterm-256color"])
      screen.present(CellBuffer(width: 80, height: 24), graphics: [])
      let pointer = UnsafeMutablePointer<Int>(bitPattern: 8)
      pointer?.pointee = 1
      withExtendedLifetime(screen) {}
    }
    expectRestored(terminal, "crash")
  }

  @Test func exitWithoutClosing() async throws {
    let terminal = try PseudoTerminal(answers: PseudoTerminal.xtermAnswers)
    await #expect(processExitsWith: .exitCode(7)) { [path = terminal.path as String] in
      let screen = try NcursesScreen(path: path, environment: ["TERM": "xterm-256color"])
      withExtendedLifetime(screen) { exit(7) }
    }
    expectRestored(terminal, "exit")
  }

  @Test func hangingUpEndsTheProgram() async throws {
    await #expect(processExitsWith: .signal(SIGHUP)) {
      let terminal = try PseudoTerminal(answers: PseudoTerminal.xtermAnswers)
      let screen = try NcursesScreen(path: terminal.path, environment: ["TERM": "xterm-256color"])
      terminal.hangUp()
      for _ in 0..<4 { _ = screen.nextEvents(timeout: .seconds(2)) }
    }
  }

  /// In a session of its own nobody could continue the process, so that the kernel does not stop it: what
  /// suspending writes before and after can be seen at once.
  @Test func suspendingGivesTheTerminalBackAndTakesItAgain() async throws {
    let terminal = try PseudoTerminal(answers: PseudoTerminal.xtermAnswers)
    await #expect(processExitsWith: .exitCode(0)) { [path = terminal.path as String] in
      guard setsid() > 0 else { exit(3) }
      let screen = try NcursesScreen(path: path, environment: ["TERM": "xterm-256color"])
      var cells = CellBuffer(width: 80, height: 24)
      cells.write("again and again", x: 0, y: 0)
      screen.present(cells, graphics: [])
      screen.suspend()
      screen.close()
      exit(0)
    }
    expectRestored(terminal, "suspend")
    let text = terminal.text
    #expect(text.components(separatedBy: "\u{1B}[?1049h").count == 3)
    #expect(text.components(separatedBy: "\u{1B}[?1049l").count == 3)
    #expect(text.components(separatedBy: "again and again").count == 3)
  }
}
