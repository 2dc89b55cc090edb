import Glibc
import Synchronization

/// What kernels took on this machine, by the step's shapes, the threads, the instruction set and the processor.
///
/// The process's `shared` one knows and measures nothing, so that compiling depends on the graph alone, until a program
/// lets it measure:
///
///     KernelTimings.shared.measure(keepingIn: "/home/me/.cache/vignette")
///     let model = try Model.load("mobilenet.onnx")   // times kernels it has not met, for a tenth of a second or so
public final class KernelTimings: Sendable {
  /// What models are compiled with unless told otherwise.
  public static let shared = KernelTimings()

  /// Returns the nanoseconds that each kernel takes on a problem with so many threads; nil when they mean nothing.
  package typealias Stopwatch = @Sendable ([any PreparedKernel], KernelProblem, Int) -> [UInt64]?

  private struct State {
    var table: [String: [String: UInt64]]
    var path: String?
    var stopwatch: Stopwatch?
    var allowance: UInt64 = 0
    var isChanged = false
  }

  private let state: Mutex<State>

  /// Makes timings that hold what is given and never change by themselves: by problem, by kernel, nanoseconds.
  package init(known: [String: [String: UInt64]] = [:]) {
    state = Mutex(State(table: known))
  }

  /// Lets compilations measure from now on, and reads and writes what they find in a file of `folder`.
  ///
  /// A file that is damaged or of another version counts as empty, and a folder that cannot be written is no error: the
  /// next process measures again. The environment variable `VIGNETTE_KERNELS=predicted` keeps the cost model alone.
  ///
  /// - Parameters:
  ///   - folder: made when it is missing.
  ///   - milliseconds: what a compilation spends at most before it begins to time the kernels of a step; what is left is for
  ///     later ones.
  public func measure(keepingIn folder: String, milliseconds: Int = 100) {
    if let mode = getenv("VIGNETTE_KERNELS"), String(cString: mode) == "predicted" { return }
    measure(keepingIn: folder, milliseconds: milliseconds, stopwatch: KernelStopwatch.least)
  }

  package func measure(keepingIn folder: String?, milliseconds: Int, stopwatch: @escaping Stopwatch) {
    state.withLock { state in
      state.allowance = UInt64(max(milliseconds, 0)) * 1_000_000
      state.path = folder.map { "\($0)/\(Self.fileName)" }
      state.stopwatch = stopwatch
      if let text = state.path.flatMap(KernelTimingsFile.read), let table = Self.table(text) {
        state.table.merge(table) { $1 }
      }
    }
  }

  /// What measures; nil where nothing does.
  package var stopwatch: Stopwatch? { state.withLock(\.stopwatch) }

  /// Nanoseconds that a compilation may spend before it begins with a step.
  package var allowance: UInt64 { state.withLock(\.allowance) }

  /// Returns what is known of a problem, by kernel.
  package func nanoseconds(for problem: String) -> [String: UInt64] {
    state.withLock { $0.table[problem] ?? [:] }
  }

  /// Keeps what was measured.
  package func record(_ times: [String: UInt64], for problem: String) {
    state.withLock { state in
      state.table[problem] = times
      state.isChanged = true
    }
  }

  /// Writes what is new to the file, with what other processes have written meanwhile.
  package func save() {
    state.withLock { state in
      guard state.isChanged, let path = state.path else { return }
      state.isChanged = false
      if let text = KernelTimingsFile.read(path), let table = Self.table(text) {
        state.table.merge(table) { mine, _ in mine }
      }
      KernelTimingsFile.write(Self.text(state.table), to: path)
    }
  }

  // MARK: The file's text

  package static let fileName = "kernel-timings.txt"
  /// The first line; its number rises with kernels' speeds, so that old timings are forgotten.
  static let header = "vignette kernel timings 1"

  /// Returns a line for each kernel of each problem: problem, kernel and nanoseconds, with tabulators between.
  package static func text(_ table: [String: [String: UInt64]]) -> String {
    let lines = table.sorted { $0.key < $1.key }.flatMap { problem, times in
      times.sorted { $0.key < $1.key }.map { "\(problem)\t\($0.key)\t\($0.value)\n" }
    }
    return header + "\n" + lines.joined()
  }

  /// Returns what `text` wrote; nil for anything else.
  package static func table(_ text: String) -> [String: [String: UInt64]]? {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let first = lines.first, Substring(first) == header, lines.last?.isEmpty == true else { return nil }
    var table: [String: [String: UInt64]] = [:]
    for line in lines.dropFirst().dropLast() {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard fields.count == 3, let time = UInt64(Substring(fields[2])), time > 0 else { return nil }
      table[String(Substring(fields[0])), default: [:]][String(Substring(fields[1]))] = time
    }
    return table
  }
}
