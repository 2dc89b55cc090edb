import Images
import VisionTasks

/// The figures of parsed faces against true parts, as `vignette evaluate parsing --json` prints them.
///
/// The F1 of a class is taken over the pixels of all images together; the mean is over all classes but the background.
public struct ParsingReport: Sendable, Encodable {
  /// The number of images.
  public private(set) var images = 0
  /// Images in which no face was found; all their pixels count as background.
  public private(set) var missedFaces = 0
  /// The mean F1 of the classes but the background.
  public private(set) var meanF1 = 0.0
  /// The F1 of each class by its name.
  public private(set) var f1: [String: Double] = [:]
  /// The median time from image to parts.
  public private(set) var medianMilliseconds = 0.0

  private var milliseconds: [Double] = []
  private let classes: ParsingClasses
  private var right: [Int], found: [Int], present: [Int]

  private enum CodingKeys: String, CodingKey { case images, missedFaces, meanF1, f1, medianMilliseconds }

  /// Makes a report without images yet.
  public init(_ classes: ParsingClasses) {
    self.classes = classes
    right = [Int](repeating: 0, count: classes.entries.count)
    (found, present) = (right, right)
  }

  /// Adds an image whose parts are known.
  ///
  /// - Throws: `ImageError`, or `EvaluationError` for a mask of another size or with values that are no class.
  public mutating func add(
    _ parsing: FaceParsing, truthOf entry: LabelledFolder.Entry, image: Image
  ) throws {
    try add(
      parsing.parts, truth: LabelledFolder.values(of: entry, image: image), path: entry.maskPath,
      hasFace: !parsing.faces.isEmpty, milliseconds: parsing.latency.total)
  }

  /// Adds the part of each pixel of an image, and its true value.
  ///
  /// - Throws: `EvaluationError.unlistedValue`.
  package mutating func add(
    _ parts: [UInt8], truth: [UInt8], path: String, hasFace: Bool, milliseconds time: Double
  ) throws(EvaluationError) {
    for (part, value) in zip(parts, truth) {
      guard let expected = classes.classOfValue[value] else {
        throw .unlistedValue(path: path, value: Int(value))
      }
      let answer = classes.classOfPart[Int(part)]
      found[answer] += 1
      present[expected] += 1
      right[answer] += answer == expected ? 1 : 0
    }
    images += 1
    missedFaces += hasFace ? 0 : 1
    milliseconds.append(time)
    sumUp()
  }

  private mutating func sumUp() {
    var scores: [Double] = []
    for (index, entry) in classes.entries.enumerated() {
      let all = found[index] + present[index]
      let score = all == 0 ? 1 : 2 * Double(right[index]) / Double(all)
      f1[entry.name] = score
      if entry.name != "background" { scores.append(score) }
    }
    meanF1 = scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
    let sorted = milliseconds.sorted()
    medianMilliseconds = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
