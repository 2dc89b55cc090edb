import Foundation
import Profiling
import WorkbenchCore

/// Profiles of made-up numbers, as they would be read from a file.
enum ProfileFixture {
  /// A profile whose layers take `factor` times what the others' do.
  static func profile(threads: Int, factor: Double, drift: Double? = nil) -> ModelProfile {
    func summary(_ mean: Double) -> [String: Any] {
      [
        "count": 40, "first": mean * 1.2, "last": mean, "min": mean * 0.9, "max": mean * 1.5, "mean": mean,
        "p50": mean * 0.98, "p95": mean * 1.1, "standardDeviation": mean * 0.05,
      ]
    }
    let layers = (0..<24).map { index -> [String: Any] in
      let time = factor * (0.08 + Double(index * 5 % 11) * 0.07)
      return summary(time).merging([
        "name": "features.\(index / 4).conv.\(index % 4)",
        "type": index % 3 == 2 ? "RowPipeline" : "Convolution",
        "kernel": "f32_gemm_12x32_avx512", "outputShape": [1, 96, 28, 28], "outputBytes": 301_056,
        "parameters": 9216, "multiplyAdds": 7_225_344, "bytes": 640_000, "share": time / 12,
        "cumulativeShare": 0.5,
        "gigaflops": 2e-6 * 7_225_344 / time, "peakShare": 2e-6 * 7_225_344 / time / 230,
        "bound": index % 5 == 0 ? "memory" : "arithmetic",
      ]) { $1 }
    }
    let total = layers.reduce(0.3) { $0 + ($1["mean"] as? Double ?? 0) }
    var steadiness: [String: Any] = [
      "steadyFrom": 3, "isSteady": drift == nil, "outliers": drift == nil ? [] : [7, 9],
    ]
    if let drift { steadiness["drift"] = drift }
    let object: [String: Any] = [
      "model": "models/mobilenet_v2.onnx", "threads": threads, "warmUp": 10, "runs": 40,
      "parameters": 3_504_872,
      "machine": [
        "processor": "AMD EPYC", "processors": 2, "instructionSet": "avx512", "isOptimized": true,
        "loadAverage": 0.4,
      ],
      "peak": ["gigaflops": 230, "cacheBandwidth": 90, "memoryBandwidth": 20], "instructionSet": "avx512",
      "multiplyAdds": 173_408_256, "arenaBytes": 3_145_728, "layers": layers, "endToEnd": summary(total),
      "remainder": summary(0.3), "warmUpTimes": [14, 13, 12], "steadiness": steadiness,
    ]
    guard let data = try? JSONSerialization.data(withJSONObject: object),
      let profile = try? JSONDecoder().decode(ModelProfile.self, from: data)
    else { preconditionFailure("the profile cannot be read") }
    return profile
  }

  /// The reports of a benchmark that runs to its end.
  static func reports(generation: Int, _ profile: ModelProfile) -> [Action] {
    [Benchmark.Phase.running, .finished].map { phase in
      var benchmark = Benchmark()
      benchmark.phase = phase
      (benchmark.warmUpDone, benchmark.runsDone) = (10, phase == .finished ? 200 : 40)
      benchmark.profile = profile
      return .profiling(.benchmarked(BenchmarkReport(generation: generation, benchmark: benchmark)))
    }
  }
}
