import Foundation
import InferenceEngine

/// Runs as a trace that Perfetto and chrome://tracing open: JSON of the Trace Event Format, with complete events (`X`).
public enum ChromeTrace {
  private struct Event: Encodable {
    var name: String
    var cat: String
    var ph: String
    /// Microseconds since the trace began, and how long it took; nil for metadata.
    var ts: Double?
    var dur: Double?
    var pid = 1
    var tid: Int
    var args: [String: String]
  }

  private struct Trace: Encodable {
    var traceEvents: [Event]
    var displayTimeUnit = "ms"
  }

  /// Returns the trace of runs one after the other: runs in one row, their layers in the next.
  public static func json(_ runs: [LayerProfile], model: String) throws -> Data {
    var events = [
      Event(name: "process_name", cat: "__metadata", ph: "M", tid: 0, args: ["name": model]),
      Event(name: "thread_name", cat: "__metadata", ph: "M", tid: 1, args: ["name": "runs"]),
      Event(name: "thread_name", cat: "__metadata", ph: "M", tid: 2, args: ["name": "layers"]),
    ]
    var start = 0.0
    for (index, run) in runs.enumerated() {
      let duration = Double(run.endToEndNanoseconds) / 1000
      events.append(
        Event(
          name: "run \(index + 1)", cat: "run", ph: "X", ts: start, dur: duration, tid: 1,
          args: ["remainder": "\(Double(run.remainderNanoseconds) / 1000) us"]))
      var time = start
      for layer in run.layers {
        let duration = Double(layer.nanoseconds) / 1000
        events.append(
          Event(
            name: layer.name, cat: layer.type, ph: "X", ts: time, dur: duration, tid: 2,
            args: [
              "kernel": layer.kernel, "output": layer.outputShape.description,
              "multiply-adds": "\(layer.cost.multiplyAdds)",
            ]))
        time += duration
      }
      start += duration
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(Trace(traceEvents: events))
  }
}
