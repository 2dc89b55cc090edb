import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct TextFittingTests {
  @Test(arguments: [
    ("abcdef", 6, TextFitting.Cut.end, "abcdef"), ("abcdef", 4, .end, "abc…"), ("abcdef", 4, .start, "…def"),
    ("abcdef", 4, .middle, "ab…f"), ("abcdef", 5, .middle, "ab…ef"), ("abcdef", 1, .end, "…"),
    ("abcdef", 0, .end, ""),
    ("日本語", 5, .end, "日本…"), ("日本語", 4, .end, "日…"), ("日本語", 4, .start, "…語"), ("a\u{1B}b", 3, .end, "a␛b"),
    ("encoder.2.1.project", 19, .leadingWords, "encoder.2.1.project"),
    ("encoder.2.1.project", 18, .leadingWords, "e.2.1.project"),
    ("trunk.down16.1.project", 16, .leadingWords, "t.d.1.project"),
    ("/blocks/mlp/fc1", 9, .leadingWords, "/b/m/fc1"), ("trunk.project", 6, .leadingWords, "…oject"),
    ("a..b", 3, .leadingWords, "….b"), ("abcdef", 4, .leadingWords, "…def"),
    ("e\u{301}e\u{301}e\u{301}", 2, .end, "e\u{301}…"),
  ])
  func shortens(text: String, columns: Int, cut: TextFitting.Cut, expected: String) {
    let short = TextFitting.shortened(text, columns: columns, cut: cut)
    #expect(short == expected, "\(text) in \(columns), cut \(cut)")
    #expect(DisplayWidth.of(short) <= columns)
  }

  @Test(arguments: [
    (Alignment.left, "ab   "), (.right, "   ab"), (.center, " ab  "),
  ])
  func pads(alignment: Alignment, expected: String) {
    #expect(TextFitting.fitted("ab", columns: 5, alignment: alignment) == expected)
  }

  @Test func wraps() {
    #expect(TextFitting.wrapped("the quick brown\nfox", columns: 9) == ["the quick", "brown", "fox"])
    #expect(TextFitting.wrapped("abcdefgh ij", columns: 3) == ["abc", "def", "gh", "ij"])
    #expect(TextFitting.wrapped("日本語", columns: 1) == ["日本語"])
    #expect(TextFitting.wrapped("", columns: 5) == [""])
  }
}
