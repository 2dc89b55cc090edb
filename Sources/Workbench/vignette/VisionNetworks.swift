import Graphs
import InferenceEngine
import Networks
import VisionTasks

/// The networks of portraits and faces, as the commands and the workbench load them.
enum VisionNetworks {
  /// The portrait networks that a user can name, the default one first.
  static let portraitNames = ["portrait", "sinet"]
  /// The sizes of the face detector's input: for large faces, and for small ones.
  private static let detectorSizes = [256, 512]

  /// A portrait network, the default one for nil.
  ///
  /// - Throws: `Failure` for a name that no portrait network has; what is wrong with the weights.
  static func portrait(named name: String?) throws -> Graph {
    let name = name ?? portraitNames[0]
    guard portraitNames.contains(name) else {
      let known = portraitNames.joined(separator: ", ")
      throw Failure(.usage, "no portrait model named \(name); there are \(known)")
    }
    let weights = try NetworkRegistry.weights(named: name)
    return name == "sinet" ? try SINet(weights: weights).graph : try PortraitNetwork(weights: weights).graph
  }

  /// What proposes first clicks.
  ///
  /// - Throws: What is wrong with the weights.
  static func salientObjects(threads: Int?) throws -> SalientObjectFinder {
    let weights = try NetworkRegistry.weights(named: NetworkRegistry.salientHead)
    return try SalientObjectFinder(
      network: NetworkRegistry.clickNetwork(), head: SalientHead(weights: weights),
      threads: threads ?? Session.defaultThreadCount)
  }

  /// The face networks; without the weights of the landmarks only these are left out.
  ///
  /// - Throws: What is wrong with the weights of the detector, the parser or the portrait network.
  static func faces() throws -> FaceAnalyzer.NetworkSet {
    let detector = try NetworkRegistry.weights(named: "faces")
    let parser = try NetworkRegistry.weights(named: "parsing")
    let landmarks = NetworkRegistry.installed().contains { $0.name == "landmarks" }
    return FaceAnalyzer.NetworkSet(
      detectors: try detectorSizes.map { try FaceDetector(weights: detector, height: $0, width: $0).graph },
      landmarks: landmarks
        ? try FaceLandmarks(weights: NetworkRegistry.weights(named: "landmarks")).graph : nil,
      parser: try FaceParser(weights: parser).graph, portrait: try portrait(named: nil))
  }
}
