import Foundation

/// What the Trace Event Format asks of a file, by its document ("Trace Event Format", Google 2016), written without a look at what
/// writes the files: every rule that a file breaks, in words.
enum TraceEventFormat {
  private static let metadata = [
    "process_name", "process_labels", "process_sort_index", "thread_name", "thread_sort_index",
  ]

  static func faults(in data: Data) -> [String] {
    guard let root = try? JSONSerialization.jsonObject(with: data) else { return ["no JSON"] }
    guard
      let events = (root as? [String: Any])?["traceEvents"] as? [[String: Any]] ?? root as? [[String: Any]]
    else {
      return ["no traceEvents"]
    }
    var faults: [String] = []
    if let unit = (root as? [String: Any])?["displayTimeUnit"], !["ms", "ns"].contains(unit as? String) {
      faults.append("displayTimeUnit is neither ms nor ns")
    }
    var complete: [String: [(start: Double, end: Double, name: String)]] = [:]
    for (index, event) in events.enumerated() {
      let name = event["name"] as? String
      if name == nil { faults.append("event \(index) has no name") }
      guard let pid = event["pid"] as? Int, let tid = event["tid"] as? Int else {
        faults.append("event \(index) has no pid and tid")
        continue
      }
      switch event["ph"] as? String {
      case "M":
        if !metadata.contains(name ?? "") { faults.append("event \(index) is metadata of an unknown name") }
        if event["args"] as? [String: Any] == nil { faults.append("event \(index) is metadata without args") }
      case "X":
        guard let start = event["ts"] as? Double, let duration = event["dur"] as? Double, duration >= 0 else {
          faults.append("event \(index) is complete without ts and dur")
          continue
        }
        if event["cat"] as? String == nil { faults.append("event \(index) has no category") }
        complete["\(pid)/\(tid)", default: []].append((start, start + duration, name ?? ""))
      default: faults.append("event \(index) has a phase that is not expected here")
      }
    }
    for (thread, events) in complete { faults += nesting(events, thread) }
    return faults
  }

  /// Events of a thread lie beside or inside each other: viewers draw anything else wrongly.
  private static func nesting(_ events: [(start: Double, end: Double, name: String)], _ thread: String)
    -> [String]
  {
    let tolerance = 1e-6
    var open: [Double] = []
    var faults: [String] = []
    for event in events.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }) {
      while let end = open.last, end <= event.start + tolerance { open.removeLast() }
      if let end = open.last, event.end > end + tolerance {
        faults.append("\(event.name) on \(thread) outlasts its parent")
      }
      open.append(event.end)
    }
    return faults
  }
}
