import TerminalWidgets
import Testing

@Suite struct SparklineTests {
  @Test(arguments: [
    ([0, 1, 2, 3, 4, 5, 6, 7, 8], 9, "▁▂▃▄▅▆▇██"), ([1, 2, 4], 2, "▅█"), ([], 5, ""), ([0, 0], 5, "▁▁"),
    ([Double.nan, 1], 5, "▁█"), ([1, 2], 0, ""), ([-1, 1], 4, "▁█"),
  ])
  func draws(values: [Double], columns: Int, text: String) {
    #expect(Sparkline.text(values, columns: columns) == text)
  }
}
