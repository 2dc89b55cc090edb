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
struct ModelArgument {
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

  /// Returns what profiling runs: the graphs, with a photo in the first input that takes one, all else random.
  func parts(photo: Image?) throws(Failure) -> [ModelProfiler.Part] {
    guard let photo else { return models.map { ModelProfiler.Part($0) } }
    var parts = models.map { ModelProfiler.Part($0) }
    for index in parts.indices {
      guard let input = parts[index].model.inputs.first(where: { PhotoInput($0.type) != nil }),
        let format = PhotoInput(input.type)
      else { continue }
      parts[index].inputs[input.name] = format.tensor(of: photo)
      return parts
    }
    throw Failure(
      .usage, "\(name): has no input that a photo fits, a float32 image of three channels; leave out --input")
  }
}

/// An input of a model that a photo fits: three channels first or last.
private struct PhotoInput {
  let shape: Shape
  let isChannelsLast: Bool

  init?(_ type: ValueType) {
    let shape = type.shape
    guard type.elementType == .float32, shape.rank == 4, shape[0] == 1, shape[1] == 3 || shape[3] == 3,
      shape.elementCount > 0
    else { return nil }
    self.shape = shape
    isChannelsLast = shape[1] != 3
  }

  /// The whole photo at the input's size, from 0 to 1.
  func tensor(of photo: Image) -> Tensor {
    let (height, width) = isChannelsLast ? (shape[1], shape[2]) : (shape[2], shape[3])
    var pixels = [Float](repeating: 0, count: height * width * 3)
    pixels.withUnsafeMutableBufferPointer { buffer in
      photo.write(
        crop: PixelRect(x: 0, y: 0, width: photo.width, height: photo.height), width: width, height: height,
        filter: .antialiasedBilinear,
        normalization: PixelNormalization(mean: SIMD3(repeating: 0), scale: SIMD3(repeating: 1 / 255)),
        into: buffer, pixelStride: 3)
    }
    if isChannelsLast { return Tensor(shape, elements: pixels) }
    return Tensor(
      shape, elements: (0..<3).flatMap { channel in (0..<height * width).map { pixels[$0 * 3 + channel] } })
  }
}
