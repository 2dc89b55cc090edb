import Profiling
import Testing

@Suite struct SteadinessTests {
  /// Times around a mean that differ without a trend.
  private func times(_ count: Int, mean: Double = 10) -> [Double] {
    (0..<count).map { mean + 0.1 * Double($0 * 7 % 11) - 0.5 }
  }

  @Test func steadyRunsNeedNoRemark() {
    let steadiness = Steadiness(warmUp: [], counted: times(44))
    #expect(steadiness.isSteady && steadiness.drift == nil && steadiness.outliers.isEmpty)
    #expect(ProfileTable.remarks(steadiness).isEmpty)
  }

  @Test func aSlowStartIsWarmUp() {
    let steadiness = Steadiness(warmUp: [40, 30, 20], counted: times(44))
    #expect((3...8).contains(steadiness.steadyFrom))
    #expect(steadiness.isSteady)
  }

  @Test func aStepDownInTheSecondHalfIsNotSteady() {
    let steadiness = Steadiness(warmUp: [], counted: times(33, mean: 14) + times(22))
    #expect(!steadiness.isSteady && steadiness.steadyFrom >= 33)
    #expect((steadiness.drift ?? 1) < 0.9)
    #expect(ProfileTable.remarks(steadiness).count == 2)
  }

  @Test func oneSlowRunIsAnOutlierAndNoDrift() {
    var counted = times(44)
    counted[30] = 90
    let steadiness = Steadiness(warmUp: [], counted: counted)
    #expect(steadiness.outliers == [30])
    #expect(steadiness.isSteady && steadiness.drift == nil)
  }

  @Test func aSingleRunIsSteady() {
    let steadiness = Steadiness(warmUp: [], counted: [3])
    #expect(steadiness.isSteady && steadiness.steadyFrom == 0 && steadiness.outliers.isEmpty)
  }
}
