import Foundation
import InferenceEngine

/// Where measurements were made: what else they depend on.
public struct Machine: Sendable, Hashable, Codable {
  /// The processor's name.
  public var processor: String
  /// Processors that the system has.
  public var processors: Int
  /// The kernels' instruction set.
  public var instructionSet: String
  /// Whether the program was compiled with optimisation.
  public var isOptimized: Bool
  /// Processes that wanted to run over the last minute.
  public var loadAverage: Double

  /// This machine, now.
  public static var current: Machine {
    var load = [0.0]
    let known = getloadavg(&load, 1)
    #if DEBUG
      let isOptimized = false
    #else
      let isOptimized = true
    #endif
    return Machine(
      processor: processorName ?? "unknown processor",
      processors: ProcessInfo.processInfo.activeProcessorCount,
      instructionSet: EngineInformation.current.selectedInstructionSet.rawValue, isOptimized: isOptimized,
      loadAverage: known == 1 ? load[0] : 0)
  }

  private static let processorName: String? = {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") })
    else { return nil }
    return line.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
  }()
}
