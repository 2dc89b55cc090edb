/// Why a valid graph cannot be compiled.
public enum CompilerError: Error, Equatable, CustomStringConvertible {
  /// The options order the axes of a value that is neither input nor output, or not all of its axes.
  case order(name: String, reason: String)
  /// A session would need more memory than the options allow.
  case memory(byteCount: Int, limit: Int)

  public var description: String {
    switch self {
    case .order(let name, let reason):
      "the axis order of \(name) does not fit: \(reason)"
    case .memory(let byteCount, let limit):
      "a run needs \(byteCount >> 20) MiB of memory, at most \(limit >> 20) MiB are allowed; use smaller inputs"
    }
  }
}
