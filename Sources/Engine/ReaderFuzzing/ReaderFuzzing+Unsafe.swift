import Foundation
import Graphs
import ModelFormats

/// A format that models come in, read from bytes that nobody vouches for.
///
/// `Scripts/fuzz` links this with LLVM's fuzzer, which calls the function below with ever new bytes and keeps those
/// that reach new code. Whatever they are, a reader gives a graph, or an error of one line; a trap ends the fuzzer.
public enum FuzzedFormat: String, CaseIterable, Sendable {
  case onnx, tflite, safetensors

  /// Reads a file as this format.
  ///
  /// - Returns: the error's text, or nil when the file was read.
  public func read(_ path: String) -> String? {
    do {
      switch self {
      case .onnx: try OnnxImporter.graph(from: path).validate()
      case .tflite: try TFLiteImporter.graph(from: path).validate()
      case .safetensors:
        let file = try Safetensors(path: path)
        for name in file.names { _ = try? file.tensor(named: name) }
      }
      return nil
    } catch {
      let text = "\(error)"
      precondition(!text.contains { $0.isNewline }, "An error is one line")
      return text
    }
  }
}

/// What this process fuzzes: the environment variable `VIGNETTE_FUZZ` names the format.
private let fuzzedFormat =
  ProcessInfo.processInfo.environment["VIGNETTE_FUZZ"].flatMap(FuzzedFormat.init) ?? .onnx

/// Memory-backed, as every input is written here.
private let inputPath = "/dev/shm/vignette-fuzz-\(ProcessInfo.processInfo.processIdentifier)"

/// The function that LLVM's fuzzer calls, under the name that `Scripts/fuzz` gives it: reads `count` bytes as a file of the
/// format that this process fuzzes.
@_cdecl("vignetteFuzzModel")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let bytes, count > 0, let file = fopen(inputPath, "w") else { return 0 }
  // Safe: the fuzzer hands over `count` bytes.
  fwrite(bytes, 1, count, file)
  fclose(file)
  _ = fuzzedFormat.read(inputPath)
  return 0
}
