import Foundation
import Graphs
import ModelFormats
import Tensors
import Testing

/// Small models that the format's own Python classes wrote and LiteRT computed (`Fixtures/make_tflite.py`).
@Suite struct TFLiteImporterTests {
  static let models = ["images", "vectors"]

  @Test(arguments: models)
  func computesWhatLiteRTComputes(_ model: String) throws {
    let expected = try Safetensors(path: fixture("tflite/expected.safetensors"))
    let graph = try TFLiteImporter.graph(from: fixture("tflite/\(model).tflite"))
    #expect(graph.inputs.map { graph[$0].name } == ["image"])
    let found = try graph.evaluateReference(["image": expected.tensor(named: "\(model)/input")])
    #expect(graph.outputs.count == 2)
    for (index, output) in graph.outputs.enumerated() {
      let wanted = try expected.tensor(named: "\(model)/output \(index)")
      let result = try #require(found[graph[output].name])
      #expect(result.shape == wanted.shape)
      let pairs = zip(result.elements(as: Float.self), wanted.elements(as: Float.self))
      let worst = pairs.map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
      #expect(worst < 1e-5, "\(model): output \(index) differs by \(worst)")
    }
  }

  @Test func acceptsNoOtherShapes() {
    expectOneLineError("another shape", containing: "1x2x2x3 where the model has 1x9x8x3") {
      _ = try TFLiteImporter.graph(from: fixture("tflite/images.tflite"), shapes: ["image": [1, 2, 2, 3]])
    }
    expectOneLineError("another name", containing: "the inputs are image") {
      _ = try TFLiteImporter.graph(from: fixture("tflite/images.tflite"), shapes: ["picture": [1]])
    }
  }

  @Test(arguments: models)
  func refusesEveryTruncation(_ model: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("tflite/\(model).tflite")))
    try withTemporaryFolder { folder in
      let path = folder + "/cut.tflite"
      for length in 0..<whole.count {
        try whole.prefix(length).write(to: URL(fileURLWithPath: path))
        do {
          _ = try TFLiteImporter.graph(from: path)
          // The last bytes may be padding.
          #expect(length > whole.count - 16)
        } catch {
          #expect(error is ModelFormatError)
        }
      }
    }
  }

  @Test(arguments: models)
  func answersEveryDamagedByte(_ model: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("tflite/\(model).tflite")))
    try withTemporaryFolder { folder in
      let path = folder + "/damaged.tflite"
      for place in whole.indices {
        for value in [0, 0xFF] as [UInt8] where whole[place] != value {
          var damaged = whole
          damaged[place] = value
          try damaged.write(to: URL(fileURLWithPath: path))
          do {
            try TFLiteImporter.graph(from: path).validate()
          } catch {
            #expect(error is ModelFormatError, "byte \(place) as \(value) threw \(error)")
            #expect(!"\(error)".contains { $0.isNewline })
          }
        }
      }
    }
  }

  /// The face of MediaPipe's operators of its own: a network that uses three of them.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: hairSegmentation), "needs ../shared/teachers"))
  func readsMediaPipesOperators() throws {
    let graph = try TFLiteImporter.graph(from: hairSegmentation)
    #expect(graph.outputs.map { graph[$0].type.shape } == [[1, 512, 512, 2]])
    #expect(graph.nodes.count { $0.operation is Unpool } == 3)
    #expect(graph.parameterCount > 180_000)
  }
}

private let hairSegmentation: String = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../../shared").standardizedFileURL.path
  let shared = ProcessInfo.processInfo.environment["VIGNETTE_SHARED"] ?? root
  return shared + "/teachers/hair_segmentation.tflite"
}()
