import Foundation
import Tensors

/// Runs tests of the ONNX format's own suite.
///
/// Reads one folder of a test from each line of standard input and answers it with one line: `pass` and the manner in
/// which it was run, or `fail` and the reason. `Scripts/onnx-conformance` chooses the tests and counts the answers.
@main
struct EngineConformance {
  static func main() {
    while let folder = readLine() {
      do {
        let manner = try ConformanceTest(folder: folder).run()
        print("pass \(manner.rawValue)")
      } catch {
        print("fail \(String("\(error)".map { $0.isNewline ? " " : $0 }))")
      }
      // Each answer at once, so that those before a crash are not lost.
      fflush(nil)
    }
  }
}
