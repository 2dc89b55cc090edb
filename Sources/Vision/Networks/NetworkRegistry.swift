import Foundation
import Graphs
import ModelFormats

/// A network whose weights are beside the program.
public struct InstalledNetwork: Sendable, Hashable, Codable {
  /// What `--model` calls it.
  public let name: String
  /// What it does, in a few words.
  public let summary: String
  /// The file of its weights.
  public let path: String
  /// The number of its weights.
  public let parameterCount: Int
  /// The size of the file.
  public let byteCount: Int
  /// On what terms the weights may be used.
  public let licence: String
}

/// The networks that belong to the program.
public enum NetworkRegistry {
  /// A network that the program knows.
  private struct Entry {
    var name: String
    var summary: String
    var file: String
    var licence: String
  }

  private static let entries = [
    Entry(
      name: defaultClickNetwork, summary: "objects by clicks and boxes", file: "ClickNetwork.safetensors",
      licence: "see the model card ClickNetwork.md")
  ]

  /// The name of the click network that is used when none is named.
  public static let defaultClickNetwork = "click"

  /// The folder of the weights: a resource of this module, beside the program.
  static var folder: URL {
    Bundle.main.bundleURL.appendingPathComponent("vignette_Networks.resources/Weights")
  }

  /// Networks that the program can build but has no weights for, by name; `graphs(named:)` gives them stand-ins.
  public static let untrained = [
    "squeezesam": "SqueezeSAM as released, for profiling: no weights were published"
  ]

  /// Returns what runs for an image with the named network, trained or not: the click network's encoder and trunk, or
  /// a graph with stand-ins for its weights.
  ///
  /// - Throws: `NetworkError`, or `ModelFormatError` for a damaged file.
  public static func graphs(named name: String) throws -> [Graph] {
    if name == "squeezesam" { return [try SqueezeSAM(weights: UntrainedWeights()).graph] }
    let network = try clickNetwork(named: name)
    return [network.encoder, network.trunk]
  }

  /// Returns the networks whose weights are there and readable.
  public static func installed() -> [InstalledNetwork] {
    entries.compactMap { entry in
      let path = folder.appendingPathComponent(entry.file).path
      guard let weights = try? Safetensors(path: path),
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      else { return nil }
      return InstalledNetwork(
        name: entry.name, summary: entry.summary, path: path,
        parameterCount: weights.names.reduce(0) { $0 + (weights.shape(named: $1)?.elementCount ?? 0) },
        byteCount: attributes[.size] as? Int ?? 0, licence: entry.licence)
    }
  }

  /// Builds a click network with its weights.
  ///
  /// - Parameters:
  ///   - height: A positive multiple of 32.
  ///   - width: A positive multiple of 32.
  /// - Throws: `NetworkError`, or `ModelFormatError` for a damaged file.
  public static func clickNetwork(
    named name: String = defaultClickNetwork, height: Int = 320, width: Int = 320
  ) throws -> ClickNetwork {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw NetworkError.unknownNetwork(name: name, installed: installed().map(\.name))
    }
    let path = folder.appendingPathComponent(entry.file).path
    guard FileManager.default.fileExists(atPath: path) else {
      throw NetworkError.weightsAbsent(file: path)
    }
    return try ClickNetwork(weights: Safetensors(path: path), height: height, width: width)
  }
}
