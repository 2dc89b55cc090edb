/// What can be wrong with annotations and the files that hold them.
public enum AnnotationError: Error, Equatable, CustomStringConvertible {
  /// Runs do not make a mask.
  case damagedMask(MaskProblem)
  /// An entry of a journal does not fit those before it.
  case unfitting(String)
  /// A line of a journal cannot be used.
  case damagedJournal(path: String, line: Int, reason: String)
  /// A journal cannot be read.
  case unreadable(path: String, reason: String)
  /// A journal cannot be written.
  case unwritable(path: String, reason: String)
  /// Another program has the journal open.
  case locked(path: String)
  /// A file of classes cannot be used.
  case wrongClasses(path: String, line: Int, reason: String)

  public var description: String {
    switch self {
    case .damagedMask(let problem): "the mask \(problem); export it again"
    case .unfitting(let reason): "the entry \(reason)"
    case .damagedJournal(let path, let line, let reason):
      "\(path):\(line): \(reason); move the file away to start anew"
    case .unreadable(let path, let reason): "\(path): cannot be read (\(reason)); check its permissions"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); name another place with --output"
    case .locked(let path): "\(path): is open in another vignette; close that one first"
    case .wrongClasses(let path, let line, let reason): "\(path):\(line): \(reason)"
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
