import ComputeKernels
import Foundation
import InferenceEngine
import Synchronization

/// What a machine can do at most with an instruction set and a number of threads: the roof under which layers run.
public struct MachinePeak: Sendable, Hashable, Codable {
  /// What keeps a layer from running faster.
  public enum Bound: String, Sendable, Hashable, Codable {
    case arithmetic
    case memory
  }

  /// Arithmetic in 10^9 operations per second, two for each multiply-add.
  public var gigaflops: Double
  /// 10^9 bytes per second, read and written, where they fit into the caches and where they do not.
  public var cacheBandwidth, memoryBandwidth: Double

  /// Operands up to this size count as being in the caches.
  public static let cachedByteCount = 8 << 20

  /// Makes a peak of known numbers.
  public init(gigaflops: Double, cacheBandwidth: Double, memoryBandwidth: Double) {
    self.gigaflops = gigaflops
    self.cacheBandwidth = cacheBandwidth
    self.memoryBandwidth = memoryBandwidth
  }

  /// The least milliseconds that a layer's products take.
  public func arithmeticTime(multiplyAdds: Int) -> Double {
    gigaflops > 0 ? 2e-6 * Double(multiplyAdds) / gigaflops : 0
  }

  /// The least milliseconds that reading and writing a layer's operands takes.
  public func memoryTime(bytes: Int) -> Double {
    let bandwidth = bytes <= Self.cachedByteCount ? cacheBandwidth : memoryBandwidth
    return bandwidth > 0 ? 1e-6 * Double(bytes) / bandwidth : 0
  }

  /// The least milliseconds that a layer takes on this machine, by the roofline model (Williams, Waterman and Patterson 2009).
  public func leastTime(multiplyAdds: Int, bytes: Int) -> Double {
    max(arithmeticTime(multiplyAdds: multiplyAdds), memoryTime(bytes: bytes))
  }

  /// Which of the two roofs a layer runs under.
  public func bound(multiplyAdds: Int, bytes: Int) -> Bound {
    arithmeticTime(multiplyAdds: multiplyAdds) >= memoryTime(bytes: bytes) ? .arithmetic : .memory
  }
}

extension MachinePeak {
  /// Measures this machine now, which takes a few tenths of a second.
  public static func measure(_ set: InstructionSet, threads: Int) -> MachinePeak {
    MachinePeak(
      gigaflops: MachineSpeed.gigaflops(set, threads: threads),
      cacheBandwidth: MachineSpeed.bandwidth(set, threads: threads, byteCount: 2 << 20, attempts: 60),
      memoryBandwidth: MachineSpeed.bandwidth(set, threads: threads, byteCount: 128 << 20))
  }

  /// What was measured of this processor before: found in the cache folder, else measured and left there.
  ///
  /// A cache that cannot be read or written costs time, no more.
  public static func known(_ set: InstructionSet, threads: Int, folder: String = cacheFolder) -> MachinePeak {
    let key = "\(Machine.current.processor), \(set.rawValue), \(threads) threads"
    return memory.withLock { memory in
      if let peak = memory[key] { return peak }
      let path = "\(folder)/machine-peaks.json"
      var peaks =
        FileManager.default.contents(atPath: path)
        .flatMap { try? JSONDecoder().decode([String: MachinePeak].self, from: $0) } ?? [:]
      var peak = peaks[key] ?? measure(set, threads: threads)
      // What was measured while other programs ran is too little, never too much: a short look corrects it.
      peak.gigaflops = max(peak.gigaflops, MachineSpeed.gigaflops(set, threads: threads, attempts: 12))
      memory[key] = peak
      guard peaks.updateValue(peak, forKey: key) != peak else { return peak }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try? encoder.encode(peaks).write(to: URL(fileURLWithPath: path), options: .atomic)
      return peak
    }
  }

  private static let memory = Mutex<[String: MachinePeak]>([:])

  /// `$XDG_CACHE_HOME/vignette`, by default in the home folder's `.cache`.
  public static var cacheFolder: String {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") { return "\(folder)/vignette" }
    return "\(environment["HOME"] ?? NSHomeDirectory())/.cache/vignette"
  }
}
