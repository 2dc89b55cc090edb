import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct GaugeTests {
  @Test(arguments: [
    (0.0, "a           0%"), (1.0, "a ████████  0%"), (0.5, "a ████      0%"), (0.51, "a ████▏     0%"),
    (7, "a ████████  0%"),
    (-1, "a           0%"), (.nan, "a           0%"), (.infinity, "a           0%"),
  ])
  func fills(fraction: Double, line: String) {
    var cells = CellBuffer(width: 14, height: 1)
    Gauge(fraction: fraction, label: "a", value: " 0%").render(
      into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(cells.lines == [line], "\(fraction)")
  }
}
