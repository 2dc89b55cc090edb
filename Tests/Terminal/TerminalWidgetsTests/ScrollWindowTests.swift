import TerminalWidgets
import Testing

@Suite struct ScrollWindowTests {
  @Test(arguments: [
    (0, 0, 10, 4, 0), (0, 3, 10, 4, 0), (0, 4, 10, 4, 1), (5, 4, 10, 4, 4), (9, 9, 10, 4, 6), (3, 1, 3, 4, 0),
    (-5, nil, 10, 4, 0), (50, nil, 10, 4, 6), (2, 5, 10, 0, 0),
  ])
  func first(before: Int, selection: Int?, count: Int, height: Int, expected: Int) {
    #expect(
      ScrollWindow.first(before, selection: selection, count: count, height: height) == expected,
      "\(before), \(String(describing: selection)) of \(count) in \(height)")
  }
}
