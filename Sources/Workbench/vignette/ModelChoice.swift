import Foundation
import InferenceEngine
import Networks
import VisionTasks
import WorkbenchCore

/// The click network that the user wants.
struct ModelChoice: Sendable {
  let name: String

  /// A network by name, the default one for nil.
  /// - Throws: `Failure` when none has this name.
  init(name: String?) throws(Failure) {
    self.name = name ?? NetworkRegistry.defaultClickNetwork
    guard NetworkRegistry.clickNetworks.contains(self.name) else {
      let known = NetworkRegistry.installed().map(\.name)
      throw Failure(
        .usage,
        known.contains(self.name)
          ? "model \(self.name) does not answer clicks; \(NetworkRegistry.clickNetworks.joined(separator: " and ")) do"
          : "no model named \(self.name); there are \(known.isEmpty ? "none" : known.joined(separator: ", "))"
      )
    }
  }

  /// Reads the weights and compiles the network.
  /// - Throws: What is wrong with the weights.
  func makeSegmenter(
    threads: Int?, focuses: Bool = true
  ) throws -> ClickSegmenter {
    try ClickSegmenter(
      network: NetworkRegistry.clickNetwork(named: name), threads: threads ?? Session.defaultThreadCount,
      focuses: focuses)
  }

  /// A line for each installed network.
  static var installed: [String] {
    let networks = NetworkRegistry.installed()
    if networks.isEmpty { return ["none installed"] }
    return networks.map { network in
      let weights = String(format: "%.2f", Double(network.parameterCount) / 1e6)
      let size = String(format: "%.1f", Double(network.byteCount) / 1e6)
      return "\(network.name): \(network.summary), \(weights) M weights, \(size) MB"
    }
  }
}
