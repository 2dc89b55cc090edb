import Glibc

/// Restores the terminal when the program ends without closing its screen, and reports window changes.
///
/// The handlers do only what POSIX allows in one (write, tcsetattr, poll, sigaction, raise) on memory that was
/// prepared before.
enum SignalHandlers {
  private static let endingSignals = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]
  private static let crashSignals = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS]
  private static let reportedSignals = [SIGWINCH, SIGTSTP, SIGCONT]
  private static let signals = endingSignals + crashSignals + reportedSignals

  /// What the signals do now. Asked before ncurses puts handlers of its own.
  static func currentActions() -> [sigaction] {
    signals.map { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      return action
    }
  }

  /// Installs the handlers for the one open screen.
  ///
  /// - Parameters:
  ///   - terminal: The terminal's descriptor.
  ///   - settings: The settings to bring back.
  ///   - resetBytes: What to write to bring back the terminal's modes.
  ///   - pipe: Where to report window changes, stops and continuations.
  ///   - previous: What `currentActions` gave; done after restoring the terminal, and again after `remove`.
  static func install(
    terminal: Int32, settings: termios, resetBytes: [UInt8], pipe: WakePipe, previous: [sigaction]
  ) {
    precondition(restoration == nil, "only one screen can be open")
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: resetBytes.count)
    _ = bytes.initialize(from: resetBytes)
    let prepared = UnsafeMutablePointer<Restoration>.allocate(capacity: 1)
    prepared.initialize(
      to: Restoration(terminal: terminal, settings: settings, bytes: bytes, pipe: pipe.writeEnd))
    for (signal, old) in zip(signals, previous) {
      // The table has a place for each signal number below its count.
      prepared.pointee.previous[Int(signal)] = old
      let handler: @convention(c) (Int32) -> Void =
        reportedSignals.contains(signal) ? reportSignal : endBySignal
      var action = sigaction()
      action.__sigaction_handler.sa_handler = handler
      action.sa_flags = SA_RESTART | SA_ONSTACK
      sigaction(signal, &action, nil)
    }
    restoration = prepared
    if !exitHandlerIsInstalled {
      exitHandlerIsInstalled = true
      atexit { restoreTerminal() }
    }
  }

  /// Brings back the handlers that were there before.
  static func remove() {
    guard let prepared = restoration else { return }
    restoration = nil
    for signal in signals {
      sigaction(signal, &prepared.pointee.previous[Int(signal)], nil)
    }
    prepared.pointee.previous.deallocate()
    prepared.pointee.bytes.deallocate()
    prepared.deinitialize(count: 1)
    prepared.deallocate()
  }

  /// Ends the program as the kernel does when its terminal goes away.
  static func endByHangUp() -> Never {
    // To the process, not the thread, which may have blocked the signal.
    kill(getpid(), SIGHUP)
    sleep(1)
    exit(128 + SIGHUP)
  }

  /// Stops the foreground job as Ctrl-Z in a shell does, and returns when it is continued.
  static func stopProcessGroup() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = SIG_DFL
    var previous = sigaction()
    sigaction(SIGTSTP, &action, &previous)
    kill(0, SIGTSTP)
    sigaction(SIGTSTP, &previous, nil)
  }
}

private struct Restoration {
  var terminal: Int32
  var settings: termios
  var bytes: UnsafeMutableBufferPointer<UInt8>
  var pipe: Int32
  /// The actions of all signals before, by number.
  var previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
}

// Plain memory because a signal handler may not take a lock: written by the screen's thread while no handler
// that reads it is installed, or by a single store.
nonisolated(unsafe) private var restoration: UnsafeMutablePointer<Restoration>?
nonisolated(unsafe) private var exitHandlerIsInstalled = false

private func restoreTerminal() {
  guard let prepared = restoration else { return }
  var rest = UnsafeRawBufferPointer(prepared.pointee.bytes)
  var attempts = 0
  while !rest.isEmpty, attempts < 10 {
    var entry = pollfd(fd: prepared.pointee.terminal, events: Int16(POLLOUT), revents: 0)
    poll(&entry, 1, 50)
    if entry.revents & Int16(POLLOUT) != 0 {
      let count = write(prepared.pointee.terminal, rest.baseAddress, rest.count)
      if count > 0 { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count)) }
    }
    attempts += 1
  }
  // Setting attributes from the background would stop the process: leave the terminal to the shell then.
  if tcgetpgrp(prepared.pointee.terminal) == getpgrp() || tcgetpgrp(prepared.pointee.terminal) < 0 {
    tcsetattr(prepared.pointee.terminal, TCSANOW, &prepared.pointee.settings)
  }
}

/// Restores the terminal and lets the signal do what it did before.
private func endBySignal(_ signal: Int32) {
  restoreTerminal()
  guard let prepared = restoration else { return }
  sigaction(signal, &prepared.pointee.previous[Int(signal)], nil)
  raise(signal)
}

private func reportSignal(_ signal: Int32) {
  guard let prepared = restoration else { return }
  let savedError = errno
  var byte: UInt8 =
    switch signal {
    case SIGWINCH: WakePipe.Signal.resize.rawValue
    case SIGTSTP: WakePipe.Signal.stop.rawValue
    default: WakePipe.Signal.proceed.rawValue
    }
  _ = write(prepared.pointee.pipe, &byte, 1)
  errno = savedError
}
