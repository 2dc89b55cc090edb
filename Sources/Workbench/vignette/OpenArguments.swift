import Foundation
import Profiling
import WorkbenchCore

/// What the words after `vignette` name, by the ends of their names: models to measure, a saved profile to compare with, images.
struct OpenArguments {
  private(set) var models: [String] = []
  private(set) var profile: ModelProfile?
  private(set) var images: [String] = []

  /// - Throws: `Failure` for a profile that cannot be read, and for two of them.
  init(_ paths: [String]) throws(Failure) {
    for path in paths {
      if path.hasSuffix(".onnx") || path.hasSuffix(".tflite") {
        models.append(path)
      } else if path.hasSuffix(".json") {
        guard profile == nil else {
          throw Failure(.usage, "\(path): one saved profile can be compared with, not two")
        }
        profile = try Self.savedProfile(path)
      } else {
        images.append(path)
      }
    }
  }

  /// Reads what `vignette profile --json` printed.
  static func savedProfile(_ path: String) throws(Failure) -> ModelProfile {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.noInput, "\(path): cannot be read; give a profile saved by vignette profile --json")
    }
    do {
      return try JSONDecoder().decode(ModelProfile.self, from: data)
    } catch {
      throw Failure(.badData, "\(path): is no profile; save one with vignette profile MODEL --json")
    }
  }
}
