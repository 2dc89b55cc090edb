import TerminalScreen
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한글", 4), ("😀", 2),
    ("👨‍👩‍👧", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("─│▀", 3), ("🇩🇪", 2), ("\u{1B}", 1), ("a\tb", 3),
  ])
  func columns(text: String, expected: Int) {
    #expect(DisplayWidth.of(text) == expected, "of \(text.debugDescription)")
  }
}
