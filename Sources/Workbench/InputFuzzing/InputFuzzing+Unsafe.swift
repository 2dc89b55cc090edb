import Foundation

/// What this process fuzzes: the environment variable `VIGNETTE_FUZZ` names it.
private let fuzzedInput =
  ProcessInfo.processInfo.environment["VIGNETTE_FUZZ"].flatMap(FuzzedInput.init) ?? .coco

/// Memory-backed, as every input is written here.
private let folder = "/dev/shm/vignette-fuzz-\(ProcessInfo.processInfo.processIdentifier)"

/// The function that LLVM's fuzzer calls, under the name that `Scripts/fuzz` gives it: reads `count` bytes as the kind of
/// file that this process fuzzes.
@_cdecl("vignetteFuzzInput")
public func fuzzInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let bytes, count > 0 else { return 0 }
  // Safe: the fuzzer hands over `count` bytes.
  _ = fuzzedInput.read(Data(bytes: bytes, count: count), in: folder)
  return 0
}
