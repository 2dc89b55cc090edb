import Foundation
import InputFuzzing
import Testing

/// What the fuzzer runs, on the seeds that it starts from and on what once ended a reader.
@Suite struct FuzzedInputTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private static func seeds(of input: FuzzedInput) throws -> [URL] {
    let folder = Bundle.module.resourceURL!.appendingPathComponent("Fixtures/\(input.rawValue)")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
  }

  @Test(arguments: FuzzedInput.allCases)
  func seedsAreRead(input: FuzzedInput) throws {
    let seeds = try Self.seeds(of: input)
    #expect(!seeds.isEmpty)
    try withFolder { folder in
      for seed in seeds {
        let message = input.read(try Data(contentsOf: seed), in: folder)
        #expect(message == nil, "\(seed.lastPathComponent)")
      }
    }
  }

  /// Every kind of file read as every other kind.
  @Test(arguments: FuzzedInput.allCases)
  func otherFilesAreReadOrRefused(input: FuzzedInput) throws {
    try withFolder { folder in
      for other in FuzzedInput.allCases {
        for seed in try Self.seeds(of: other) {
          let message = input.read(try Data(contentsOf: seed), in: folder)
          #expect(message?.isEmpty != true && message?.contains("\n") != true)
        }
      }
    }
  }

  @Test func theFuzzersFunctionTakesAnyBytes() {
    for bytes in [[], [0], Array("{}".utf8), [UInt8](repeating: 0xFF, count: 100)] as [[UInt8]] {
      #expect(bytes.withUnsafeBufferPointer { fuzzInput($0.baseAddress, $0.count) } == 0)
    }
  }
}
