import Foundation
import Graphs
import InferenceEngine
import Profiling
import Tensors
import Testing

@Suite struct ModelProfilerTests {
  /// A network of a float image and integers, of kernels and of reference steps.
  private func model() throws -> Model {
    var graph = Graph(name: "small")
    let image = graph.addInput("image", ValueType([1, 3, 16, 16]))
    let numbers = graph.addInput("numbers", ValueType([4], elementType: .int64))
    let weight = graph.addConstant("weight", Tensor([8, 3, 3, 3], repeating: Float(0.5)))
    let convolved = try graph.add(
      Convolution(padding: Padding(all: 1)), [image, weight, nil], name: "convolution")
    graph.outputs = try graph.add(Activation(.tanh), convolved, name: "tanh")
    graph.outputs += try graph.add(BinaryArithmetic(.add), [numbers, numbers], name: "twice")
    return try Model(graph: graph)
  }

  @Test func rowsAndRemainderAreTheEndToEndTime() throws {
    let profiler = ModelProfiler(runs: 9, warmUp: 1, threads: 1)
    let measurement = try profiler.measure(
      [.init(try model()), .init(try model())], name: "two", keepsRuns: true, measuresOverhead: true)
    let profile = measurement.profile
    #expect(measurement.overhead?.isFinite == true)
    #expect(measurement.runs.count == 9 && profile.runs == 9)
    let rows = profile.layers.reduce(profile.remainder.mean) { $0 + $1.mean }
    #expect(abs(rows - profile.endToEnd.mean) < 1e-9 * max(profile.endToEnd.mean, 1))
    #expect(profile.layers.map(\.multiplyAdds).reduce(0, +) == profile.multiplyAdds)
    #expect(profile.layers.contains { $0.kernel == "reference" })
    let shares =
      try #require(profile.layers.last).cumulativeShare + profile.remainder.mean / profile.endToEnd.mean
    #expect(abs(shares - 1) < 1e-9)
  }

  @Test func survivesEncoding() throws {
    let profile = try ModelProfiler(runs: 2, warmUp: 0, threads: 1).measure([.init(try model())], name: "m")
      .profile
    let decoded = try JSONDecoder().decode(ModelProfile.self, from: JSONEncoder().encode(profile))
    #expect(decoded.layers.map(\.name) == profile.layers.map(\.name))
    #expect(decoded.endToEnd.count == 2)
  }

  @Test func aTableHasALineForEachLayerTheRemainderAndNoControlCharacters() throws {
    var profile = try ModelProfiler(runs: 2, warmUp: 0, threads: 1).measure([.init(try model())], name: "m")
      .profile
    profile.layers[0].name = "evil\u{1B}[2J,\"name\""
    let lines = ProfileTable.text(profile).split(separator: "\n", omittingEmptySubsequences: false)
    let order = try #require(lines.firstIndex { $0.contains("Run Order") })
    let title = lines[order + 1].split(whereSeparator: \.isWhitespace)
    #expect(title.starts(with: ["[node", "type]", "[start]", "[first]", "[avg", "ms]", "[%]", "[cdf%]"]))
    #expect(title.last == "[Name]")
    #expect(lines[order + 2 + profile.layers.count].hasSuffix("(remainder)"))
    for section in ["Top by Computation Time", "Top by Memory Use", "Summary by node type"] {
      #expect(
        lines.contains {
          $0 == "\(String(repeating: "=", count: 30)) \(section) \(String(repeating: "=", count: 30))"
        })
    }
    #expect(lines.contains { $0.hasPrefix("Timings (microseconds): count=2 first=") })
    #expect(!ProfileTable.text(profile).contains("\u{1B}"))
    let values = ProfileValues.commaSeparated(profile).split(separator: "\n")
    #expect(values.count == profile.layers.count + 2)
    #expect(values[1].hasPrefix("\"evil?[2J,\"\"name\"\"\","))
  }

  @Test func aTraceIsOfCompleteEventsThatFollowEachOther() throws {
    let measurement = try ModelProfiler(runs: 3, warmUp: 0, threads: 1).measure(
      [.init(try model())], name: "m", keepsRuns: true)
    let data = try ChromeTrace.json(measurement.runs, model: "m")
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let events = try #require(root["traceEvents"] as? [[String: Any]])
    let complete = events.filter { $0["ph"] as? String == "X" }
    #expect(complete.count == 3 * (1 + measurement.profile.layers.count))
    for event in complete {
      #expect(event["ts"] is Double && event["dur"] is Double && event["pid"] is Int && event["tid"] is Int)
    }
    for row in [1, 2] {
      var end = 0.0
      for event in complete where event["tid"] as? Int == row {
        let start = try #require(event["ts"] as? Double)
        #expect(start >= end - 1e-6)
        end = start + (try #require(event["dur"] as? Double))
      }
    }
  }
}
