import Foundation
import ModelFormats
import Networks
import Tensors
import Testing

/// The network with its authors' weights, which are not part of this project: converted here, where they are at hand.
@Suite struct SINetReleasedTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")
  private static let weights: String = {
    let root = fixtures.appendingPathComponent("../../../../../shared").standardizedFileURL.path
    return (ProcessInfo.processInfo.environment["VIGNETTE_SHARED"] ?? root) + "/teachers/SINet.pth"
  }()
  private static let isAtHand = FileManager.default.fileExists(atPath: weights) && runs(["python3", "-V"])

  /// Whether a command ends well; its output is dropped.
  private static func runs(_ command: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// `Fixtures/make_sinet.py` gave PyTorch the same weights and input.
  @Test(.enabled(if: isAtHand, "needs ../shared/teachers and python3"))
  func agreesWithPyTorch() throws {
    let converted = FileManager.default.temporaryDirectory
      .appendingPathComponent("sinet-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: converted) }
    let script = Self.fixtures.appendingPathComponent("convert_sinet.py").path
    try #require(Self.runs(["python3", script, Self.weights, converted]))
    let graph = try SINet(weights: Safetensors(path: converted), height: 64, width: 96).graph
    let image = RandomWeights().weight(named: "image", shape: [1, 3, 64, 96])
    let found = try #require(graph.evaluateReference(["image": image])["logits"])
    let expected = try Safetensors(
      path: Self.fixtures.appendingPathComponent("sinet-released-64x96.safetensors").path
    ).float32Tensor(named: "logits")
    let difference = zip(found.elements(as: Float.self), expected.elements(as: Float.self))
      .reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(found.shape == expected.shape && difference < 1e-3, "\(difference)")
  }
}
