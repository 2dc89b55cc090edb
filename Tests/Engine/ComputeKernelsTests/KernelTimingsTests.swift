import ComputeKernels
import Foundation
import Testing

@Suite struct KernelTimingsTests {
  private static let table: [String: [String: UInt64]] = [
    "AMD, avx2, 2 threads: convolution 1x7x7x3": ["f32_gemm_6x16_avx2": 1200, "f32_winograd_6x16_avx2": 900],
    "AMD, avx2, 1 threads: linear 4x4": ["f32_gemm_6x16_avx2": 80],
  ]

  /// Calls `body` with a folder that is gone afterwards.
  private func withFolder(_ body: (String) throws -> Void) rethrows {
    let folder = NSTemporaryDirectory() + "vignette-timings-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func timings(in folder: String) -> KernelTimings {
    let timings = KernelTimings()
    timings.measure(keepingIn: folder, milliseconds: 100) { kernels, _, _ in kernels.map { _ in 1 } }
    return timings
  }

  @Test func theTextComesBack() {
    #expect(KernelTimings.table(KernelTimings.text(Self.table)) == Self.table)
    #expect(KernelTimings.table(KernelTimings.text([:])) == [:])
  }

  @Test func damagedTextCountsAsNone() {
    let text = KernelTimings.text(Self.table)
    let damaged = [
      "", "\n", String(text.dropLast()), "another \(text)", text + "\n", text + "a\tb\n", text + "a\tb\t0\n",
      text + "a\tb\t-1\n", text + "a\tb\t1\t2\n",
      text.replacingOccurrences(of: "timings 1", with: "timings 0"),
    ]
    for text in damaged { #expect(KernelTimings.table(text) == nil, "\(text)") }
  }

  @Test func anotherProcessFindsWhatWasMeasured() throws {
    try withFolder { folder in
      let first = timings(in: "\(folder)/deep/er")
      let second = timings(in: "\(folder)/deep/er")
      first.record(["a": 5, "b": 7], for: "one")
      first.save()
      second.record(["a": 9], for: "two")
      second.save()
      let third = timings(in: "\(folder)/deep/er")
      #expect(third.nanoseconds(for: "one") == ["a": 5, "b": 7])
      #expect(third.nanoseconds(for: "two") == ["a": 9])
      #expect(third.nanoseconds(for: "three") == [:])
      let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/deep/er")
      #expect(left == [KernelTimings.fileName])
    }
  }

  @Test func aDamagedFileIsReplaced() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = "\(folder)/\(KernelTimings.fileName)"
      for damage in [Data([0xff, 0xfe, 0, 1]), Data("vignette kernel timings 1\nhalf a li".utf8)] {
        try damage.write(to: URL(fileURLWithPath: path))
        let first = timings(in: folder)
        #expect(first.nanoseconds(for: "one") == [:])
        first.record(["a": 5], for: "one")
        first.save()
        #expect(timings(in: folder).nanoseconds(for: "one") == ["a": 5])
      }
    }
  }

  @Test func aFolderThatCannotBeWrittenIsNoError() {
    let timings = timings(in: "/dev/null/nowhere")
    timings.record(["a": 5], for: "one")
    timings.save()
    #expect(timings.nanoseconds(for: "one") == ["a": 5])
  }

  @Test func nothingIsMeasuredUntilAProgramAsks() {
    #expect(KernelTimings.shared.stopwatch == nil)
    #expect(KernelTimings().stopwatch == nil)
  }
}
