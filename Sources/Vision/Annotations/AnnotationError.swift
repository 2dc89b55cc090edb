/// What can be wrong with annotations and the files that hold them.
public enum AnnotationError: Error, Equatable, CustomStringConvertible {
  /// Runs do not make a mask.
  case damagedMask(MaskProblem)

  public var description: String {
    switch self {
    case .damagedMask(let problem): "the mask \(problem); export it again"
    }
  }
}

/// Why runs do not make a mask.
public enum MaskProblem: Error, Equatable, CustomStringConvertible {
  /// The size has no pixels, or more than `RunLengths.pixelLimit`.
  case size(width: Int, height: Int)
  /// A run has fewer than 0 pixels.
  case negativeRun
  /// The runs hold fewer pixels than the size.
  case tooFewPixels(found: Int, expected: Int)
  /// The runs hold more pixels than the size.
  case tooManyPixels(expected: Int)
  /// A byte of the compressed text is none of its characters.
  case character(position: Int)
  /// A number in the compressed text is too large.
  case hugeRun(position: Int)
  /// The compressed text ends within a number.
  case endsEarly

  public var description: String {
    switch self {
    case .size(let width, let height):
      "has \(width)x\(height) pixels, not from 1 to \(RunLengths.pixelLimit / 1_000_000) megapixels"
    case .negativeRun: "has a run of fewer than 0 pixels"
    case .tooFewPixels(let found, let expected): "has runs of \(found) pixels for a size of \(expected)"
    case .tooManyPixels(let expected): "has runs of more pixels than its size of \(expected)"
    case .character(let position): "has a wrong character at place \(position + 1) of its counts"
    case .hugeRun(let position): "has too large a number at place \(position + 1) of its counts"
    case .endsEarly: "has counts that end too early"
    }
  }
}
