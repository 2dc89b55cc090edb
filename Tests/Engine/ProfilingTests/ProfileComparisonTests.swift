import Foundation
import Profiling
import Testing

@Suite struct ProfileComparisonTests {
  /// A profile as `vignette profile --json` saves it.
  private func profile(_ layers: [(String, String, [Double])]) throws -> ModelProfile {
    func summary(_ times: [Double]) -> [String: Any] {
      let one = RunStatistics(times)
      return [
        "count": one.count, "first": one.first, "last": one.last, "min": one.min, "max": one.max,
        "mean": one.mean, "p50": one.p50, "p95": one.p95, "standardDeviation": one.standardDeviation,
      ]
    }
    let runs = layers[0].2.count
    let rows = layers.map { name, kernel, times -> [String: Any] in
      summary(times).merging([
        "name": name, "type": "Convolution", "kernel": kernel, "outputShape": [1], "outputBytes": 4,
        "parameters": 1, "multiplyAdds": 1, "bytes": 1, "share": 0, "cumulativeShare": 0, "gigaflops": 0,
        "peakShare": 0, "bound": "memory",
      ]) { $1 }
    }
    let total = (0..<runs).map { run in layers.reduce(0) { $0 + $1.2[run] } }
    let machine: [String: Any] = [
      "processor": "p", "processors": 2, "instructionSet": "portable", "isOptimized": true, "loadAverage": 0,
    ]
    let object: [String: Any] = [
      "model": "m", "machine": machine, "threads": 1, "warmUp": 0, "runs": runs, "parameters": 0,
      "multiplyAdds": 0, "arenaBytes": 0, "layers": rows, "endToEnd": summary(total),
      "remainder": summary([0, 0]), "warmUpTimes": [], "instructionSet": "portable",
      "steadiness": ["steadyFrom": 0, "isSteady": true, "outliers": []],
      "peak": ["gigaflops": 1, "cacheBandwidth": 1, "memoryBandwidth": 1],
    ]
    return try JSONDecoder().decode(ModelProfile.self, from: JSONSerialization.data(withJSONObject: object))
  }

  @Test func alignsLayersAndTellsChanceFromChange() throws {
    let left = try profile([
      ("a", "k", [1, 1.1, 0.9]), ("b", "k", [2, 2.4, 1.6]), ("gone", "k", [1, 1, 1]),
    ])
    let right = try profile([
      ("new", "k", [1, 1, 1]), ("b", "k", [2.1, 2.5, 1.7]), ("a", "fast", [0.2, 0.21, 0.19]),
    ])
    let comparison = ProfileComparison(left, right)
    #expect(comparison.rows.map(\.name) == ["a", "b", "gone", "new"])
    #expect(comparison.rows.map { $0.left == nil } == [false, false, false, true])
    #expect(comparison.rows.map { $0.right == nil } == [false, false, true, false])
    #expect(comparison.rows[0].isSignificant && comparison.rows[0].difference < 0)
    #expect(!comparison.rows[1].isSignificant)
    let lines = comparison.text.split(separator: "\n")
    #expect(lines.contains { $0.contains("a Convolution  k -> fast faster") })
    #expect(lines.contains { $0.hasSuffix("b Convolution") })
  }

  @Test func alignsEqualNamesInTheirOrder() throws {
    let left = try profile([("a", "1", [1, 1]), ("a", "2", [2, 2])])
    #expect(ProfileComparison(left, left).rows.map(\.rightKernel) == ["1", "2"])
  }
}
