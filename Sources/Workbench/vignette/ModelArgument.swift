import ArgumentParser
import Foundation
import Images
import InferenceEngine
import ModelFormats
import Networks
import Profiling
import Tensors
import WorkbenchCore

/// A model that a user names: an installed network, `default`, or a file.
struct ModelArgument: Sendable {
  /// What the user calls it.
  let name: String
  /// The graphs that run one after the other, each compiled.
  let models: [Model]

  /// Reads and compiles a model.
  ///
  /// - Parameters:
  ///   - text: an installed network's name, `default`, or the path of an ONNX or TFLite file.
  ///   - shapes: shapes of inputs that a file leaves open, as `name=1x3x320x320`.
  /// - Throws: `Failure`.
  init(_ text: String, shapes: [String] = []) throws(Failure) {
    name = text
    let installed = NetworkRegistry.installed().map(\.name)
    if text == "default" || installed.contains(text) {
      guard shapes.isEmpty else {
        throw Failure(.usage, "--shape: \(text) has fixed inputs; shapes are for model files")
      }
      models = try Failure.mapping {
        let name = text == "default" ? NetworkRegistry.defaultClickNetwork : text
        return try NetworkRegistry.graphs(named: name).map { try Model(graph: $0) }
      }
      return
    }
    guard FileManager.default.fileExists(atPath: text) else {
      let names = (["default"] + installed).joined(separator: ", ")
      throw Failure(.noInput, "\(text): no such file, nor an installed model; installed are \(names)")
    }
    let given = try Self.shapes(shapes)
    do { models = [try Model.load(text, shapes: given)] } catch { throw Failure(.badData, "\(error)") }
  }

  private static func shapes(_ texts: [String]) throws(Failure) -> [String: Shape] {
    var shapes: [String: Shape] = [:]
    for text in texts {
      // Names may contain the sign, sizes never.
      guard let sign = text.lastIndex(of: "=") else {
        throw Failure(.usage, "--shape \(text): give a name and sizes, as input=1x3x320x320")
      }
      let sizes = text[text.index(after: sign)...].split(separator: "x", omittingEmptySubsequences: false)
        .map { Int($0) }
      guard sizes.allSatisfy({ $0 != nil }), let shape = try? Shape(validating: sizes.compactMap { $0 })
      else {
        throw Failure(.usage, "--shape \(text): the sizes are not numbers with x between them")
      }
      shapes[String(text[..<sign])] = shape
    }
    return shapes
  }

  /// Returns the models with kernels of an instruction set; those at hand where they have them already.
  func compiled(for set: InstructionSet) throws -> [Model] {
    try models.map { model in
      if model.options.instructionSet == set { return model }
      var options = model.options
      options.instructionSet = set
      return try Model(graph: model.graph, options: options)
    }
  }

  /// Returns the models at another size.
  ///
  /// - Throws: `ScaledGraph.Failure` for models that cannot be scaled, and what compiling throws.
  func scaled(resolution: Double, width: Double, instructionSet: InstructionSet) throws -> [Model] {
    try models.map { model in
      try Model(
        graph: ScaledGraph.scaled(model.graph, resolution: resolution, width: width),
        options: CompileOptions(instructionSet: instructionSet))
    }
  }

  /// Returns what profiling runs: graphs, with a photo in the first input that takes one, all else random.
  func parts(_ models: [Model], photo: Image?) -> [ModelProfiler.Part] {
    var parts = models.map { ModelProfiler.Part($0) }
    guard let photo else { return parts }
    for index in parts.indices {
      guard let input = parts[index].model.inputs.first(where: { PhotoInput($0.type) != nil }),
        let format = PhotoInput(input.type)
      else { continue }
      parts[index].inputs[input.name] = format.tensor(of: photo)
      break
    }
    return parts
  }

  /// Returns what profiling runs for a photo that the user named.
  ///
  /// - Throws: `Failure` when no input takes one.
  func parts(photo: Image?, for set: InstructionSet = .selected) throws(Failure) -> [ModelProfiler.Part] {
    let parts = parts(try Failure.mapping { try compiled(for: set) }, photo: photo)
    if photo == nil || parts.contains(where: { !$0.inputs.isEmpty }) { return parts }
    throw Failure(
      .usage, "\(name): has no input that a photo fits, a float32 image of three channels; leave out --input")
  }
}
