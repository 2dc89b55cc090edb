import Foundation
import InferenceEngine
import Profiling
import Testing

@Suite struct ChromeTraceTests {
  private func model() throws -> Model {
    var graph = Graph(name: "chain")
    let image = graph.addInput("image", ValueType([1, 8, 12, 12]))
    let weight = graph.addConstant("weight", Tensor([8, 8, 3, 3], repeating: Float(0.1)))
    let once = try graph.add(
      Convolution(padding: Padding(all: 1)), [image, weight, nil], name: "evil\u{7}\"name\"")
    graph.outputs = try graph.add(
      Convolution(padding: Padding(all: 1)), [once[0], weight, nil], name: "second")
    return try Model(graph: graph)
  }

  @Test func followsTheFormat() throws {
    let measurement = try ModelProfiler(runs: 4, warmUp: 1, threads: 1).measure(
      [.init(try model())], name: "m", keepsRuns: true)
    let data = try ChromeTrace.json(measurement.runs, model: "m")
    #expect(TraceEventFormat.faults(in: data) == [])
  }

  @Test(arguments: [
    ("{}", "no traceEvents"),
    ("[{\"ph\":\"X\",\"name\":\"a\",\"pid\":1,\"tid\":1,\"cat\":\"c\"}]", "ts and dur"),
    ("[{\"ph\":\"M\",\"name\":\"nothing\",\"pid\":1,\"tid\":1,\"args\":{}}]", "unknown name"),
    (
      "[{\"ph\":\"X\",\"name\":\"a\",\"cat\":\"c\",\"pid\":1,\"tid\":1,\"ts\":0.5,\"dur\":2.5},"
        + "{\"ph\":\"X\",\"name\":\"b\",\"cat\":\"c\",\"pid\":1,\"tid\":1,\"ts\":1.5,\"dur\":2.5}]",
      "outlasts"
    ),
  ])
  func theCheckFindsFaults(text: String, fault: String) {
    #expect(TraceEventFormat.faults(in: Data(text.utf8)).contains { $0.contains(fault) })
  }
}
