import Foundation
import VisionTasks

/// The classes of labelled faces, and which of our parts each means.
///
/// A file has a line for each class: its value in the masks and its name, as `3 eyes`. A class may mean several parts, as
/// eyes or mouth do; parts that no class means belong to what they lie in, as brows to the skin.
public struct ParsingClasses: Sendable {
  /// A class of the file.
  public struct Entry: Sendable, Hashable {
    /// Its value in the masks.
    public var value: UInt8
    /// Its name in the file.
    public var name: String
  }

  /// The classes in the file's order.
  public let entries: [Entry]
  /// The place in `entries` of each part's class, by the raw value of `FacePart`.
  let classOfPart: [Int]
  /// The place in `entries` of each value.
  let classOfValue: [UInt8: Int]

  private static let names: [String: Set<FacePart>] = [
    "background": [.background], "skin": [.skin], "face": [.skin], "hair": [.hair], "nose": [.nose],
    "eyes": [.leftEye, .rightEye], "left eye": [.leftEye], "right eye": [.rightEye],
    "brows": [.leftBrow, .rightBrow], "eyebrows": [.leftBrow, .rightBrow],
    "left brow": [.leftBrow], "right brow": [.rightBrow],
    "left eyebrow": [.leftBrow], "right eyebrow": [.rightBrow],
    "mouth": [.upperLip, .innerMouth, .lowerLip], "lips": [.upperLip, .lowerLip],
    "upper lip": [.upperLip], "lower lip": [.lowerLip], "inner mouth": [.innerMouth],
  ]

  /// What a part lies in, for files that have no class for it.
  private static let surroundings: [FacePart: FacePart] = [
    .hair: .background, .skin: .background, .nose: .skin, .leftEye: .skin, .rightEye: .skin,
    .leftBrow: .skin, .rightBrow: .skin, .innerMouth: .lowerLip, .upperLip: .skin, .lowerLip: .skin,
  ]

  /// All names that a class may have, for messages.
  static var knownNames: String { names.keys.sorted().joined(separator: ", ") }

  /// Reads a file of classes.
  ///
  /// - Throws: `EvaluationError`.
  public init(path: String) throws(EvaluationError) {
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadableClasses(path: path) }
    try self.init(text: String(decoding: data, as: UTF8.self), path: path)
  }

  /// Reads a file's text.
  ///
  /// - Throws: `EvaluationError.badClass` or `.unknownClass`.
  package init(text: String, path: String) throws(EvaluationError) {
    var entries: [Entry] = []
    var parts: [FacePart: Int] = [:]
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.split { $0.isWhitespace || $0 == "," || $0 == "_" || $0 == "-" || $0 == ":" }
      guard let first = words.first else { continue }
      guard let value = UInt8(first), words.count > 1, !entries.contains(where: { $0.value == value }) else {
        throw .badClass(path: path, line: index + 1)
      }
      let name = words.dropFirst().joined(separator: " ").lowercased()
      guard let meant = Self.names[name] else { throw .unknownClass(path: path, name: name) }
      for part in meant { parts[part] = entries.count }
      entries.append(Entry(value: value, name: name))
    }
    guard let background = parts[.background] else {
      throw .unknownClass(path: path, name: "nothing; a class must be background, beside others")
    }
    self.entries = entries
    classOfValue = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.value, $0) })
    classOfPart = FacePart.allCases.map { part in
      var place = part
      while parts[place] == nil, let around = Self.surroundings[place] { place = around }
      return parts[place] ?? background
    }
  }
}
