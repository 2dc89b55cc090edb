import Profiling
import Testing

/// Expected values were computed with scipy.stats.ttest_ind(equal_var=False) and scipy.special.betainc.
@Suite struct WelchTestTests {
  @Test func agreesWithScipy() {
    let left = RunStatistics([1.0, 1.2, 0.9, 1.1, 1.05])
    let right = RunStatistics([1.3, 1.25, 1.6, 1.4, 1.35, 1.5])
    let test = WelchTest(left, right)
    #expect(abs(test.statistic - 4.792572378170205) < 1e-9)
    #expect(abs(test.probability - 0.000990480684477524) < 1e-9)
  }

  @Test func samplesThatDoNotVary() {
    let (one, two) = (RunStatistics([1, 1, 1]), RunStatistics([2, 2, 2]))
    #expect(WelchTest(one, one).probability == 1)
    #expect(WelchTest(one, two).probability == 0)
    #expect(WelchTest(RunStatistics([1]), two).probability == 1)
  }

  @Test(arguments: [
    (0.1, 0.5, 0.5, 0.20483276469913345), (0.3, 2.0, 3.0, 0.34829999999999994),
    (0.9, 10.0, 0.5, 0.15164090963470994),
  ])
  func theIncompleteBetaFunctionAgreesWithScipy(x: Double, a: Double, b: Double, expected: Double) {
    #expect(abs(WelchTest.incompleteBeta(x, a, b) - expected) < 1e-10)
  }
}
