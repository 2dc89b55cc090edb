import Foundation
import Graphs
import InferenceEngine
import ModelFormats
import Tensors

/// One test of the ONNX format's suite: a model, and folders of inputs with the outputs that they give.
struct ConformanceTest {
  /// How many inputs had to be known before the model was compiled.
  ///
  /// The engine fixes all shapes at load time, so operands that decide shapes, axes or paddings must be constants; as
  /// inputs of a model they are given when it is read.
  enum Manner: String, CaseIterable {
    /// None: all inputs were given to the run.
    case run
    /// All but the first.
    case bound
    /// All: everything was computed while the model was read.
    case folded
  }

  /// What is wrong with a test's result.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// The test's folder.
  let folder: String

  /// Runs the test in the first manner that the model can be compiled in.
  ///
  /// - Throws: what kept the model from being compiled with all inputs known, or `Failure` for another result.
  func run() throws -> Manner {
    let model = folder + "/model.onnx"
    var lastError: (any Error)?
    for manner in Manner.allCases {
      do {
        for dataSet in try dataSets() { try run(model, dataSet, manner) }
        return manner
      } catch let failure as Failure {
        throw failure
      } catch {
        lastError = error
      }
    }
    throw lastError ?? Failure(description: "there is nothing to run")
  }

  private func dataSets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasPrefix("test_data_set_") }.sorted().map { folder + "/" + $0 }
  }

  private func run(_ path: String, _ dataSet: String, _ manner: Manner) throws {
    let names = try OnnxImporter.endpoints(of: path)
    var tensors: [String: Tensor] = [:]
    for (index, name) in names.inputs.enumerated() {
      let file = "\(dataSet)/input_\(index).pb"
      if FileManager.default.fileExists(atPath: file) { tensors[name] = try OnnxTensorFile.read(file).tensor }
    }
    let bound = tensors.filter { name, _ in
      switch manner {
      case .run: false
      case .bound: name != names.inputs.first
      case .folded: true
      }
    }
    let given = tensors.filter { bound[$0.key] == nil }
    let graph = try OnnxImporter.graph(from: path, shapes: given.mapValues(\.shape), constants: bound)
    let results = try Session(Model(graph: graph)).run(given)
    for (index, name) in names.outputs.enumerated() {
      let expected = try OnnxTensorFile.read("\(dataSet)/output_\(index).pb")
      guard let result = results[name] else { throw Failure(description: "there is no output \(name)") }
      try compare(result, expected, name)
    }
  }

  /// The tolerances are those of the suite's own runner, widened to the precision of narrower types.
  private func compare(_ result: Tensor, _ expected: OnnxTensorFile.Contents, _ name: String) throws {
    guard result.shape == expected.tensor.shape, result.elementType == expected.tensor.elementType else {
      throw Failure(
        description: "\(name) is \(result.elementType.rawValue) \(result.shape), expected "
          + "\(expected.tensor.elementType.rawValue) \(expected.tensor.shape)")
    }
    let (relative, absolute) = (max(1e-3, 2 * expected.precision), max(1e-7, expected.precision / 100))
    for (index, pair) in zip(numbers(result), numbers(expected.tensor)).enumerated() {
      let (found, wanted) = pair
      if found == wanted || found.isNaN && wanted.isNaN { continue }
      let isInteger = expected.precision == 0
      guard !isInteger, abs(found - wanted) <= absolute + relative * abs(wanted) else {
        throw Failure(description: "\(name) is \(found) at \(index), expected \(wanted)")
      }
    }
  }

  private func numbers(_ tensor: Tensor) -> [Double] {
    switch tensor.elementType {
    case .float32: tensor.elements(as: Float.self).map(Double.init)
    case .float16: tensor.elements(as: Float16.self).map(Double.init)
    case .int64: tensor.elements(as: Int64.self).map { Double($0) }
    case .int32: tensor.elements(as: Int32.self).map(Double.init)
    case .int8: tensor.elements(as: Int8.self).map(Double.init)
    case .uint8: tensor.elements(as: UInt8.self).map(Double.init)
    case .bool: tensor.elements(as: Bool.self).map { $0 ? 1 : 0 }
    }
  }
}
