import Foundation
import Profiling
import Testing

/// Statistics against those that `Fixtures/statistics.py` computed with numpy and scipy.
@Suite struct NumpyStatisticsTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var warmUp, counted: [Double]
    var mean, standardDeviation, p50, p95: Double
    var outliers: [Int]
    var steadyFrom: Int
    var statistic, probability: Double
    var testDescription: String { "\(counted.count) runs" }
  }

  static let cases: [Case] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/statistics.json")
    let data = (try? Data(contentsOf: file)) ?? Data()
    return (try? JSONDecoder().decode([Case].self, from: data)) ?? []
  }()

  @Test func thereAreCases() { #expect(Self.cases.count == 5) }

  @Test(arguments: cases) func agree(expected: Case) {
    let statistics = RunStatistics(expected.counted)
    #expect(abs(statistics.mean - expected.mean) < 1e-9)
    #expect(abs(statistics.standardDeviation - expected.standardDeviation) < 1e-9)
    #expect(abs(statistics.p50 - expected.p50) < 1e-9)
    #expect(abs(statistics.p95 - expected.p95) < 1e-9)
    let steadiness = Steadiness(warmUp: expected.warmUp, counted: expected.counted)
    #expect(steadiness.outliers == expected.outliers)
    #expect(steadiness.steadyFrom == expected.steadyFrom)
    let half = expected.counted.count / 2
    let test = WelchTest(
      RunStatistics(Array(expected.counted[..<half])), RunStatistics(Array(expected.counted[half...])))
    #expect(abs(test.statistic - expected.statistic) < 1e-9)
    #expect(abs(test.probability - expected.probability) < 1e-9)
  }
}
