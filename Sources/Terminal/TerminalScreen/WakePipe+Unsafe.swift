import Glibc

/// A pipe by which other threads and signal handlers end the wait for input.
final class WakePipe: Sendable {
  /// What a byte in the pipe means.
  enum Signal: UInt8 {
    case wake, resize, stop, proceed
  }

  let readEnd: Int32
  let writeEnd: Int32

  /// A program that has no two file descriptors left cannot run a screen.
  init() {
    var ends: [Int32] = [-1, -1]
    let result = pipe(&ends)
    precondition(result == 0, "no file descriptors left for a pipe")
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Writes a signal; a full pipe wakes the reader anyway.
  func send(_ signal: Signal) {
    var byte = signal.rawValue
    _ = write(writeEnd, &byte, 1)
  }

  /// Returns what was sent since the last call.
  func receive() -> Set<Signal> {
    var bytes = [UInt8](repeating: 0, count: 256)
    var signals: Set<Signal> = []
    while true {
      let count = read(readEnd, &bytes, bytes.count)
      guard count > 0 else { return signals }
      signals.formUnion(bytes[..<count].compactMap(Signal.init))
    }
  }
}
