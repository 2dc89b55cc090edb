import Glibc

/// A terminal device: its settings, its size, and its bytes in both directions.
///
/// Writing never waits by itself: the device has an open file description of its own in non-blocking mode.
final class TerminalDevice {
  let path: String
  /// Blocking, for ncurses and for reading.
  let descriptor: Int32
  /// Non-blocking, for writing.
  private let output: Int32
  /// The settings as they were.
  let savedSettings: termios

  init(path: String) throws(ScreenError) {
    let descriptor = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ScreenError.noTerminal(path: path, reason: String(cString: strerror(errno)))
    }
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else {
      let reason = String(cString: strerror(errno))
      Glibc.close(descriptor)
      throw ScreenError.noTerminal(path: path, reason: reason)
    }
    let output = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard output >= 0 else {
      let reason = String(cString: strerror(errno))
      Glibc.close(descriptor)
      throw ScreenError.noTerminal(path: path, reason: reason)
    }
    self.path = path
    self.descriptor = descriptor
    self.output = output
    savedSettings = settings
  }

  deinit {
    Glibc.close(descriptor)
    Glibc.close(output)
  }

  /// Makes keys arrive at once, unchanged and unechoed.
  func setRaw() {
    var settings = savedSettings
    cfmakeraw(&settings)
    settings.c_oflag = savedSettings.c_oflag
    tcsetattr(descriptor, TCSADRAIN, &settings)
  }

  /// Brings back the settings that were there first.
  func restoreSettings() {
    var settings = savedSettings
    tcsetattr(descriptor, TCSADRAIN, &settings)
  }

  /// The size in cells, and in pixels where the device knows it.
  var windowSize: (cells: ScreenSize, pixels: PixelSize?) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (ScreenSize(columns: 80, rows: 24), nil)
    }
    let pixels = PixelSize(width: Int(size.ws_xpixel), height: Int(size.ws_ypixel))
    return (
      ScreenSize(columns: Int(size.ws_col), rows: Int(size.ws_row)),
      pixels.width > 0 && pixels.height > 0 ? pixels : nil
    )
  }

  /// What became possible.
  struct Readiness {
    var canRead = false
    var canWrite = false
    var wasWoken = false
    var isGone = false
  }

  /// Waits until bytes came, the terminal takes bytes (if asked for), or the pipe was written to.
  func wait(wakePipe: Int32, forWriting: Bool, timeout: Duration?) -> Readiness {
    var entries = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakePipe, events: Int16(POLLIN), revents: 0),
      pollfd(fd: forWriting ? output : -1, events: Int16(POLLOUT), revents: 0),
    ]
    let milliseconds = timeout.map { max(Int32(clamping: $0.milliseconds), 0) } ?? -1
    guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return Readiness() }
    let isReadable = entries[0].revents & Int16(POLLIN) != 0
    return Readiness(
      canRead: isReadable, canWrite: entries[2].revents & Int16(POLLOUT) != 0,
      wasWoken: entries[1].revents & Int16(POLLIN) != 0,
      isGone: !isReadable && entries[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0)
  }

  /// Reads the bytes that are there; nil when the terminal is gone.
  func read() -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 16384) { buffer, count in
      // The capacity asked for is the capacity that read may fill.
      let result = Glibc.read(descriptor, buffer.baseAddress, 16384)
      count = max(result, 0)
    }
    return bytes.isEmpty && errno != EINTR && errno != EAGAIN ? nil : bytes
  }

  /// Writes as many bytes as the terminal takes now and returns how many these are.
  func write(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        // Stays inside the buffer: `written` never exceeds its count.
        let result = Glibc.write(output, buffer.baseAddress! + written, buffer.count - written)
        if result < 0, errno == EINTR { continue }
        guard result > 0 else { break }
        written += result
      }
      return written
    }
  }

  /// Writes all bytes, waiting for the terminal until the time is over.
  func writeAll(_ bytes: [UInt8], timeout: Duration) {
    let deadline = ContinuousClock.now + timeout
    var rest = bytes[...]
    while true {
      rest = rest.dropFirst(write(rest))
      let remaining = deadline - ContinuousClock.now
      guard !rest.isEmpty, remaining > .zero else { return }
      var entry = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
      poll(&entry, 1, Int32(clamping: remaining.milliseconds + 1))
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up.
  var milliseconds: Int64 {
    components.seconds * 1000 + (components.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }
}
