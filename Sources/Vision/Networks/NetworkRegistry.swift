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
    /// The file of its weights; nil when nobody published any.
    var file: String?
    /// What runs for an image, part after part.
    var graphs: @Sendable (any WeightSource) throws -> [Graph]
  }

  private static let entries = [
    Entry(
      name: defaultClickNetwork, summary: "objects by clicks and boxes", file: "ClickNetwork.safetensors"
    ) {
      let network = try ClickNetwork(weights: $0)
      return [network.encoder, network.trunk]
    },
    Entry(
      name: tinyClickNetwork, summary: "objects by clicks and boxes, in a third of the time",
      file: "TinyClickNetwork.safetensors"
    ) {
      let network = try ClickNetwork(weights: $0, configuration: .tiny)
      return [network.encoder, network.trunk]
    },
    Entry(
      name: salientHead, summary: "first clicks on what stands out, from the default click network's encoder",
      file: "SalientHead.safetensors"
    ) { [try SalientHead(weights: $0).graph] },
    Entry(
      name: "portrait", summary: "people in the foreground, with a fine edge",
      file: "PortraitNetwork.safetensors"
    ) { [try PortraitNetwork(weights: $0).graph] },
    Entry(
      name: "sinet", summary: "people in the foreground, smallest network", file: "SINet.safetensors"
    ) { [try SINet(weights: $0).graph] },
    Entry(
      name: "faces", summary: "faces and five points of each", file: "FaceDetector.safetensors"
    ) { [try FaceDetector(weights: $0).graph] },
    Entry(
      name: "parsing", summary: "parts of a face on its tanh-polar map", file: "FaceParser.safetensors"
    ) { [try FaceParser(weights: $0).graph] },
    Entry(
      name: "landmarks", summary: "68 points of a face", file: "FaceLandmarks.safetensors"
    ) { [try FaceLandmarks(weights: $0).graph] },
    Entry(
      name: "squeezesam", summary: "SqueezeSAM as released, for profiling: no weights were published"
    ) { [try SqueezeSAM(weights: $0).graph] },
  ]

  /// The name of the click network that is used when none is named.
  public static let defaultClickNetwork = "click"

  /// The name of the tiny click network.
  public static let tinyClickNetwork = "tiny"
  /// The name of the head that proposes first clicks.
  public static let salientHead = "salient"
  /// How the click networks are built, by name.
  private static let clickConfigurations: [String: ClickNetworkConfiguration] = [
    defaultClickNetwork: .standard, tinyClickNetwork: .tiny,
  ]

  /// The folder of the weights: a resource of this module, beside the program.
  static var folder: URL {
    Bundle.main.bundleURL.appendingPathComponent("vignette_Networks.resources/Weights")
  }

  /// Networks that the program can build but has no weights for, by name; `graphs(named:)` gives them stand-ins.
  public static var untrained: [String: String] {
    let untrained = entries.filter { path(of: $0) == nil }
    return Dictionary(uniqueKeysWithValues: untrained.map { ($0.name, $0.summary) })
  }

  /// Returns what runs for an image with the named network, trained or not: the click network's encoder and trunk, or
  /// a single graph; with stand-ins for weights that are not there.
  ///
  /// - Throws: `NetworkError`, or `ModelFormatError` for a damaged file.
  public static func graphs(named name: String) throws -> [Graph] {
    let entry = try entry(named: name)
    return try entry.graphs(path(of: entry).map { try Safetensors(path: $0) } ?? UntrainedWeights())
  }

  /// Returns the weights of a network.
  ///
  /// - Throws: `NetworkError` when there are none, or `ModelFormatError` for a damaged file.
  public static func weights(named name: String) throws -> any WeightSource {
    let entry = try entry(named: name)
    guard let path = path(of: entry) else {
      throw NetworkError.weightsAbsent(file: folder.appendingPathComponent(entry.file ?? name).path)
    }
    return try Safetensors(path: path)
  }

  /// Returns the networks whose weights are there and readable.
  public static func installed() -> [InstalledNetwork] {
    entries.compactMap { entry in
      guard let path = path(of: entry), let weights = try? Safetensors(path: path),
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      else { return nil }
      return InstalledNetwork(
        name: entry.name, summary: entry.summary, path: path,
        parameterCount: weights.names.reduce(0) { $0 + (weights.shape(named: $1)?.elementCount ?? 0) },
        byteCount: attributes[.size] as? Int ?? 0, licence: terms(of: path))
    }
  }

  /// The names of the click networks, the default one first.
  public static let clickNetworks = [defaultClickNetwork, tinyClickNetwork]

  /// Builds a click network with its weights.
  ///
  /// - Parameters:
  ///   - height: A positive multiple of 32.
  ///   - width: A positive multiple of 32.
  /// - Throws: `NetworkError`, or `ModelFormatError` for a damaged file.
  public static func clickNetwork(
    named name: String = defaultClickNetwork, height: Int = 320, width: Int = 320
  ) throws -> ClickNetwork {
    guard let configuration = clickConfigurations[name] else {
      throw NetworkError.unknownNetwork(name: name, installed: clickNetworks)
    }
    return try ClickNetwork(
      weights: weights(named: name), configuration: configuration, height: height, width: width)
  }

  /// On what terms weights may be used: all of them have learnt from data that is free for research only.
  private static func terms(of path: String) -> String {
    "research only: \(URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent).md"
  }

  private static func entry(named name: String) throws -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw NetworkError.unknownNetwork(name: name, installed: installed().map(\.name))
    }
    return entry
  }

  /// The file of a network's weights, if it is there.
  private static func path(of entry: Entry) -> String? {
    guard let file = entry.file else { return nil }
    let path = folder.appendingPathComponent(file).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
