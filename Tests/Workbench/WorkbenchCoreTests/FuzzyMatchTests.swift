import TestSupport
import Testing
import WorkbenchCore

@Suite struct FuzzyMatchTests {
  @Test(arguments: [
    ("zi", "zoom-in", "magnifier"), ("th", "theme", "other"), ("mv", "mask-view", "move-right"),
    ("fit", "zoom-fit", "profile-title"), ("opacity", "opacity", "opacity-less"),
  ])
  func beginningsOfWordsAndNeighboursWin(typed: String, better: String, worse: String) throws {
    let good = try #require(FuzzyMatch.score(typed, in: better))
    #expect(good > FuzzyMatch.score(typed, in: worse) ?? .min)
  }

  @Test func everyLetterMustBeThereInOrder() {
    #expect(FuzzyMatch.score("oz", in: "zoom") == nil)
    #expect(FuzzyMatch.score("zooom", in: "zoom") == nil)
    #expect(FuzzyMatch.score("zoomx", in: "zoom") == nil)
    #expect(FuzzyMatch.score("ZM", in: "zoom") != nil)
    #expect(FuzzyMatch.score("", in: "zoom") == 0 && FuzzyMatch.score("", in: "") == 0)
    #expect(FuzzyMatch.score("a", in: "") == nil)
  }

  /// Its score is the best over all ways to place the letters, with the gaps counted.
  @Test func agreesWithTryingAllPlaces() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let text = String((0..<8).map { _ in "ab-".randomElement(using: &generator)! })
      let typed = String((0..<3).map { _ in "ab".randomElement(using: &generator)! })
      #expect(
        (FuzzyMatch.score(typed, in: text) != nil) == Self.isSubsequence(typed, text), "\(typed) \(text)")
    }
  }

  private static func isSubsequence(_ typed: String, _ text: String) -> Bool {
    var rest = typed[...]
    for character in text where character == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }
}
