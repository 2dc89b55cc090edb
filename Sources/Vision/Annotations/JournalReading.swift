import Foundation

/// A journal's entries as a file holds them.
///
///     let document = try JournalReading(path: "photos/.vignette/cat.jpg.jsonl").document()
public struct JournalReading: Sendable {
  /// The most bytes that are read.
  static let byteLimit = 2_000_000_000

  /// The file.
  public let path: String
  /// The entries in order, each with its line, counted from 1.
  public private(set) var entries: [(line: Int, entry: JournalEntry)] = []
  /// The bytes of complete lines.
  public private(set) var byteCount = 0
  /// Whether something follows the complete lines: a line that a kill cut off.
  public private(set) var isTorn = false

  /// Reads a file; a last line that was cut off is left out.
  ///
  /// - Throws: `AnnotationError.unreadable` or `.damagedJournal`.
  public init(path: String) throws(AnnotationError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      throw .unreadable(
        path: path, reason: cause.map { String(cString: strerror(Int32($0.code))) } ?? "not a file")
    }
    guard data.count <= Self.byteLimit else {
      throw .unreadable(path: path, reason: "\(data.count) bytes are too many")
    }
    try self.init(path: path, data: data)
  }

  /// Reads the bytes of a file; `path` is for the errors.
  ///
  /// - Throws: `AnnotationError.damagedJournal`.
  public init(path: String, data: Data) throws(AnnotationError) {
    self.path = path
    let decoder = JSONDecoder()
    var start = data.startIndex
    var line = 0
    while start < data.endIndex {
      line += 1
      let end = data[start...].firstIndex(of: 0x0A)
      guard let end else {
        isTorn = true
        break
      }
      do {
        entries.append((line, try decoder.decode(JournalEntry.self, from: data[start..<end])))
      } catch {
        // Blocks of a file that reached the disk out of order leave zeros at the end.
        guard data[end...].dropFirst().isEmpty else {
          throw .damagedJournal(path: path, line: line, reason: Self.reason(error))
        }
        isTorn = true
        break
      }
      start = end + 1
      byteCount = start - data.startIndex
    }
    guard let first = entries.first else { return }
    guard case .begin(let header) = first.entry else {
      throw .damagedJournal(path: path, line: 1, reason: "does not begin with what the journal is about")
    }
    guard header.version <= JournalEntry.Header.version else {
      throw .damagedJournal(
        path: path, line: 1, reason: "is of version \(header.version), newer than this program")
    }
    let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
    guard header.width > 0, header.height > 0, !overflow, pixels <= RunLengths.pixelLimit else {
      throw .damagedJournal(
        path: path, line: 1, reason: "is of an image of \(header.width)x\(header.height)")
    }
  }

  /// What the journal is about; nil for one without lines.
  public var header: JournalEntry.Header? {
    guard case .begin(let header)? = entries.first?.entry else { return nil }
    return header
  }

  /// Makes the document that the entries lead to; nil for a journal without lines.
  ///
  /// - Throws: `AnnotationError.damagedJournal` for an entry that does not fit those before it.
  public func document() throws(AnnotationError) -> Document? {
    guard let header else { return nil }
    var document = Document(width: header.width, height: header.height)
    for (line, entry) in entries {
      do {
        try document.apply(entry)
      } catch {
        throw .damagedJournal(path: path, line: line, reason: "\(error)")
      }
    }
    return document
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "lacks \(key.stringValue)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is of the wrong kind"
    case DecodingError.dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "is not JSON, or no kind of entry that is known"
        : "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
    default: "is not an entry of a journal"
    }
  }
}
