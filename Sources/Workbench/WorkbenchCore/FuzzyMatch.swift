/// How well a few typed letters fit a name: in their order, best at the beginnings of words and side by side, and
/// best of all when they are the name.
public enum FuzzyMatch {
  private static let wordStart = 8
  private static let adjacent = 5
  private static let gap = -1
  private static let startOfAll = 4
  private static let whole = 20

  /// Returns a score, higher for better fits; nil when a letter is missing. Nothing typed fits everything alike.
  public static func score(_ typed: String, in name: String) -> Int? {
    let letters = Array(typed.lowercased())
    let text = Array(name.lowercased())
    guard !letters.isEmpty else { return 0 }
    guard letters.count <= text.count else { return nil }
    // best[i]: the score of the letters so far with the last of them at place i of the text.
    var best = [Int?](repeating: nil, count: text.count)
    for (index, letter) in letters.enumerated() {
      var next = [Int?](repeating: nil, count: text.count)
      var reachable: Int?
      for place in text.indices {
        if index > 0, place > 0, let last = best[place - 1] { reachable = max(reachable ?? last, last) }
        if let value = reachable { reachable = value + gap }
        guard text[place] == letter else { continue }
        let isWordStart = place == 0 || !text[place - 1].isLetter && !text[place - 1].isNumber
        let bonus = (isWordStart ? wordStart : 0) + (place == 0 ? startOfAll : 0)
        if index == 0 {
          next[place] = bonus - place
        } else {
          let beside = place > 0 ? best[place - 1].map { $0 + adjacent } : nil
          if let value = [beside, reachable].compactMap({ $0 }).max() { next[place] = value + bonus }
        }
      }
      best = next
    }
    return best.compactMap { $0 }.max().map { $0 + (letters == text ? whole : 0) }
  }
}
