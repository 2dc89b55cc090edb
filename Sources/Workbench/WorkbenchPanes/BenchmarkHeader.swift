import Foundation
import Profiling
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// What is measured, where and how, and how far that is: the rows above the layers of a benchmark.
struct BenchmarkHeader {
  let theme: Theme

  func render(_ state: State, _ rect: Rect, into cells: inout CellBuffer) {
    for (index, (text, role)) in lines(state).prefix(rect.height).enumerated() {
      cells.write(
        TextFitting.shortened(text, columns: rect.width, cut: .end), x: rect.x, y: rect.y + index,
        style: theme.style(role), clip: rect)
    }
  }

  private func lines(_ state: State) -> [(String, Theme.Role)] {
    let profiling = state.profiling
    let settings = profiling.settings
    let benchmark = profiling.benchmark
    let name =
      profiling.subjects.indices.contains(settings.subject) ? profiling.subjects[settings.subject] : ""
    var lines: [(String, Theme.Role)] = [
      (
        "\((name as NSString).lastPathComponent)  \(settings.threads) thr  \(settings.instructionSet.rawValue)",
        .accent
      )
    ]
    if let machine = benchmark.profile?.machine {
      let load = String(format: "%.1f", machine.loadAverage)
      lines.append(
        ("\(machine.processor)  \(machine.isOptimized ? "release" : "debug") build  load \(load)", .dim))
    }
    lines.append(progress(benchmark, settings))
    if let profile = benchmark.profile { lines.append(verdict(profile)) }
    return lines
  }

  private func progress(_ benchmark: Benchmark, _ settings: BenchmarkSettings) -> (String, Theme.Role) {
    let runs =
      "warm-up \(benchmark.warmUpDone)/\(settings.warmUp)  run \(benchmark.runsDone)/\(settings.runs)"
    switch benchmark.phase {
    case .none: return ("", .dim)
    case .preparing: return ("compiling…", .dim)
    case .running: return (runs, .text)
    case .finished: return ("\(settings.warmUp) to warm up, \(settings.runs) runs, done", .positive)
    case .stopped: return ("stopped at \(runs)", .warning)
    case .failed(let message): return (message, .error)
    }
  }

  /// The median, and what makes it doubtful.
  private func verdict(_ profile: ModelProfile) -> (String, Theme.Role) {
    let milliseconds = LayersPane.number(profile.endToEnd.p50, digits: 2)
    let spread = LayersPane.number(profile.endToEnd.p95, digits: 2)
    var parts = ["p50 \(milliseconds)  p95 \(spread) ms"]
    let steadiness = profile.steadiness
    if profile.runs >= 8 {
      parts.append(steadiness.isSteady ? "steady" : "not steady")
      if let drift = steadiness.drift {
        parts.append(String(format: "drift %+.1f %%", 100 * (drift - 1)))
      }
      if !steadiness.outliers.isEmpty {
        parts.append("\(steadiness.outliers.count) outlier\(steadiness.outliers.count == 1 ? "" : "s")")
      }
    }
    let isFine = steadiness.isSteady && steadiness.drift == nil
    return (parts.joined(separator: "  "), isFine ? .text : .warning)
  }
}
