import Foundation
import ModelFormats
import Testing

/// Returns the path of a file that `Fixtures/make_models.py` wrote.
func fixture(_ name: String) -> String {
  Bundle.module.resourcePath! + "/Fixtures/" + name
}

/// Calls `body` with the path of an empty folder, which is removed afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

/// Expects `body` to throw a `ModelFormatError` whose text is one line of bearable length and contains `reason`.
func expectOneLineError(
  _ what: String, containing reason: String = "", sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("\(what): no error was thrown", sourceLocation: sourceLocation)
  } catch let error as ModelFormatError {
    let text = "\(error)"
    #expect(
      !text.contains { $0.isNewline } && text.count < 700 && (reason.isEmpty || text.contains(reason)),
      "\(what): \(text)", sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(what): another error was thrown: \(error)", sourceLocation: sourceLocation)
  }
}
