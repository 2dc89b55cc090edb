import CSixel
import Foundation
import Synchronization
import TerminalScreen

/// The program in a pseudo-terminal whose far end answers as `xterm -ti vt340` with cells of 10 by 20 pixels, and
/// decodes the images that it is sent.
final class TerminalSession: Sendable {
  let columns: Int
  let rows: Int
  private let master: Int32
  private let process: pid_t
  private let received = Mutex(Received())
  private let exitStatus = Mutex<Int32?>(nil)
  /// What the far end answers when it is asked for its primary attributes.
  private let answers: String

  /// What xterm answers.
  static let xterm =
    "\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?1016;2$y\u{1B}[?2026;0$y\u{1B}[?1;0;1024S\u{1B}[?2;0;4096;4096S"
    + "\u{1B}[6;20;10t\u{1B}[?63;1;2;4;6;9;15;16;22;28c"
  /// What kitty answers.
  static let kitty =
    "\u{1B}P>|kitty(0.35.2)\u{1B}\\\u{1B}[?1016;2$y\u{1B}[?2026;2$y\u{1B}[6;20;10t\u{1B}_Gi=31;OK\u{1B}\\"
    + "\u{1B}P1$r0;48:2:1:2:3m\u{1B}\\\u{1B}[?62;c"

  /// Starts the program with arguments.
  init(
    _ arguments: [String], columns: Int = 100, rows: Int = 40, answers: String = xterm,
    environment: [String: String]
  ) throws {
    self.answers = answers
    self.columns = columns
    self.rows = rows
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    // Longer than any device name.
    var name = [CChar](repeating: 0, count: 256)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&ends.master, &ends.slave, &name, nil, &size) == 0 else { throw POSIXError(.ENODEV) }
    _ = fcntl(ends.master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends.slave, F_SETFD, FD_CLOEXEC)
    master = ends.master
    let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    process = try ChildProcess.start(
      [Program.path] + arguments, environment: environment, streams: .terminal(path: path))
    close(ends.slave)
    Thread.detachNewThread { self.answer() }
    Thread.detachNewThread { self.reap() }
  }

  /// What the program wrote, taken apart as it comes.
  private struct Received {
    var bytes: [UInt8] = []
    /// Images, from DCS to ST.
    var images: [[UInt8]] = []
    /// For each image the cell of its upper left, counted from 1.
    var places: [(row: Int, column: Int)] = []
    /// Questions for the primary device attributes, which everything else is answered with.
    var questions = 0
    private var sequenceStart: Int?

    /// The place that the cursor was moved to last, as `CSI row ; column H` at the end of some bytes.
    private static func place(before bytes: ArraySlice<UInt8>) -> (row: Int, column: Int) {
      let tail = String(decoding: bytes.suffix(12), as: UTF8.self)
      let numbers = tail.components(separatedBy: "\u{1B}[").last?.dropLast().split(separator: ";") ?? []
      return numbers.count == 2 ? (Int(numbers[0]) ?? 1, Int(numbers[1]) ?? 1) : (1, 1)
    }

    mutating func append(_ new: some Collection<UInt8>) {
      let first = max(bytes.count - 2, 0)
      bytes += new
      for index in first..<max(bytes.count - 2, first) where bytes[index] == 0x1B {
        switch (bytes[index + 1], bytes[index + 2]) {
        case (UInt8(ascii: "P"), _): sequenceStart = index
        case (UInt8(ascii: "["), UInt8(ascii: "c")): questions += 1
        case (UInt8(ascii: "\\"), _):
          // Shorter sequences set or ask something.
          if let start = sequenceStart, index - start > 200 {
            images.append(Array(bytes[start...(index + 1)]))
            places.append(Self.place(before: bytes[..<start]))
          }
          sequenceStart = nil
        default: break
        }
      }
    }
  }

  /// What the images drawn over each other show: the last one of the first one's size, and the parts drawn since.
  ///
  /// - Parameter cell: The size of a cell.
  func picture(cell: PixelSize = PixelSize(width: 10, height: 20)) throws -> Bitmap {
    let (images, places) = received.withLock { ($0.images, $0.places) }
    func header(_ image: [UInt8]) -> ArraySlice<UInt8> { image.prefix { $0 != UInt8(ascii: "#") } }
    guard let first = images.first,
      let whole = images.lastIndex(where: { header($0) == header(first) })
    else { throw POSIXError(.ENODATA) }
    var result = try Self.decode(images[whole])
    for (image, place) in zip(images, places).dropFirst(whole + 1) {
      let part = try Self.decode(image)
      let left = (place.column - places[whole].column) * cell.width
      let top = (place.row - places[whole].row) * cell.height
      for row in 0..<part.height {
        let target = 3 * ((top + row) * result.width + left)
        result.pixels.replaceSubrange(
          target..<target + 3 * part.width,
          with: part.pixels[3 * row * part.width..<3 * (row + 1) * part.width])
      }
    }
    return result
  }

  private func answer() {
    var bytes = [UInt8](repeating: 0, count: 65536)
    var answered = 0
    while true {
      let count = read(master, &bytes, bytes.count)
      guard count > 0 else { return }
      let questions = received.withLock { received in
        received.append(bytes[..<count])
        return received.questions
      }
      while answered < questions {
        answered += 1
        send(answers)
      }
    }
  }

  private func reap() {
    let status = ChildProcess.wait(for: process)
    exitStatus.withLock { $0 = status }
  }

  /// Types or points at the far end.
  func send(_ text: String) { _ = write(master, text, text.utf8.count) }

  /// Presses and releases a mouse button at a pixel of the terminal, counted from 0.
  func click(x: Int, y: Int, button: Int = 0) {
    send("\u{1B}[<\(button);\(x + 1);\(y + 1)M")
    send("\u{1B}[<\(button);\(x + 1);\(y + 1)m")
  }

  /// Everything the program has written so far.
  var bytes: [UInt8] { received.withLock { $0.bytes } }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether nothing comes for a while.
  func isQuiet(milliseconds: UInt32 = 300) -> Bool {
    let count = bytes.count
    usleep(milliseconds * 1000)
    return bytes.count == count
  }

  /// The most memory that the program has had so far, in bytes; nil where the system does not say.
  var peakMemory: Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return nil }
    return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 }
  }

  /// How the program ended, as `ChildProcess.wait` tells it; nil while it runs.
  var status: Int32? { exitStatus.withLock { $0 } }

  /// Ends the program if it still runs.
  func end() {
    if status == nil { kill(process, SIGKILL) }
    close(master)
  }

  /// The images sent so far, as byte sequences from DCS to ST.
  var images: [[UInt8]] { received.withLock { $0.images } }

  /// Waits for more images than there were.
  func waitsForImage(after count: Int, seconds: Double = 20) -> Bool {
    Program.waits(seconds) { images.count > count }
  }

  /// Decodes an image with libsixel.
  static func decode(_ image: [UInt8]) throws -> Bitmap {
    var bytes = image
    var pixels: UnsafeMutablePointer<UInt8>?
    var palette: UnsafeMutablePointer<UInt8>?
    var (width, height, colorCount): (Int32, Int32, Int32) = (0, 0, 0)
    let status = sixel_decode_raw(
      &bytes, Int32(bytes.count), &pixels, &width, &height, &palette, &colorCount, nil)
    guard status & 0x1000 == 0, let pixels, let palette else { throw POSIXError(.EILSEQ) }
    defer {
      free(pixels)
      free(palette)
    }
    // One byte for each pixel, three for each entry of the palette.
    var result: [UInt8] = []
    for index in 0..<Int(width * height) {
      for component in 0..<3 { result.append(palette[Int(pixels[index]) * 3 + component]) }
    }
    return Bitmap(width: Int(width), height: Int(height), pixels: result)
  }
}
