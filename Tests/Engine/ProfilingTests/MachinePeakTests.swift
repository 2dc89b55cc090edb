import ComputeKernels
import Foundation
import InferenceEngine
import Profiling
import Testing

@Suite struct MachinePeakTests {
  @Test(arguments: InstructionSet.available)
  func measuresWhatAProcessorCanDo(set: InstructionSet) {
    let speed = MachineSpeed.gigaflops(set, threads: 1, attempts: 5)
    // From a slow embedded core to more than any core of today.
    #expect((0.5...2000).contains(speed), "\(speed)")
    let bandwidth = MachineSpeed.bandwidth(set, threads: 1, byteCount: 1 << 20, attempts: 5)
    #expect((0.5...2000).contains(bandwidth), "\(bandwidth)")
  }

  @Test func measuresOncePerProcessorAndKeepsIt() throws {
    let folder = NSTemporaryDirectory() + "vignette-peak-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // No other test asks for three threads.
    let first = MachinePeak.known(.portable, threads: 3, folder: folder)
    let data = try #require(FileManager.default.contents(atPath: "\(folder)/machine-peaks.json"))
    let kept = try JSONDecoder().decode([String: MachinePeak].self, from: data)
    #expect(Array(kept.values) == [first])
    #expect(MachinePeak.known(.portable, threads: 3, folder: folder) == first)
  }

  @Test func theRooflineTellsArithmeticFromMemory() {
    let peak = MachinePeak(gigaflops: 100, cacheBandwidth: 50, memoryBandwidth: 10)
    // A 1x1 convolution of 256 to 256 channels at 56x56, and an addition of two such images.
    #expect(peak.bound(multiplyAdds: 205_520_896, bytes: 6_685_000) == .arithmetic)
    #expect(peak.bound(multiplyAdds: 0, bytes: 9_633_792) == .memory)
    #expect(abs(peak.arithmeticTime(multiplyAdds: 50_000_000) - 1) < 1e-12)
    #expect(abs(peak.memoryTime(bytes: 5_000_000) - 0.1) < 1e-12)
    #expect(abs(peak.memoryTime(bytes: 20_000_000) - 2) < 1e-12)
  }
}
