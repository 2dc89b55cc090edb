import Foundation
import Profiling
import Testing

/// Expected values were computed with numpy (percentile, std with ddof=1).
@Suite struct RunStatisticsTests {
  @Test func agreesWithNumpy() {
    let statistics = RunStatistics([3.5, 1.25, 9, 2, 2.5, 7.75, 4])
    #expect((statistics.first, statistics.last) == (3.5, 4))
    #expect((statistics.min, statistics.max, statistics.p50) == (1.25, 9, 3.5))
    #expect(abs(statistics.mean - 4.285714285714286) < 1e-12)
    #expect(abs(statistics.p95 - 8.625) < 1e-12)
    #expect(abs(statistics.standardDeviation - 2.9595487107713856) < 1e-12)
  }

  @Test func oneMeasurementHasNoSpread() {
    let statistics = RunStatistics([2])
    #expect(statistics.standardDeviation == 0)
    #expect((statistics.p50, statistics.p95, statistics.count) == (2, 2, 1))
  }
}
