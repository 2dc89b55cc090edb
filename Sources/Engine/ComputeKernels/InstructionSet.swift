import CKernels
import Glibc

/// A family of processor instructions that kernels are written for.
public enum InstructionSet: String, Sendable, Hashable, CaseIterable {
  /// What every processor of the platform has: SSE2 on x86-64, NEON on AArch64.
  case portable
  /// AVX2 with FMA and F16C.
  case avx2
  /// AVX-512 F, VL, DQ and BW.
  case avx512

  /// Whether this processor has the instructions.
  public var isAvailable: Bool { instruction_set_is_available(identifier) }

  /// The instruction sets that this processor has, from the plainest on.
  public static let available = allCases.filter(\.isAvailable)

  /// The last of `available`.
  public static var best: InstructionSet { available.last ?? .portable }

  /// The instruction set that models are compiled for: the one that the environment variable `VIGNETTE_ISA` names,
  /// if this processor has it, else the best.
  public static let selected: InstructionSet = {
    guard let name = getenv("VIGNETTE_ISA"), let wanted = InstructionSet(rawValue: String(cString: name)),
      wanted.isAvailable
    else { return best }
    return wanted
  }()

  /// Whether AVX-512 multiplies twice as much as AVX2 in the same time, as on Zen 5 but not on Zen 4.
  static let hasWideMultipliers = wide_vector_gain() > 1.5

  /// What names this processor: brand, family, model and stepping.
  static let processorName: String = {
    var text = [CChar](repeating: 0, count: 128)
    text.withUnsafeMutableBufferPointer { processor_name($0.baseAddress, $0.count) }
    return text.prefix { $0 != 0 }.map { String(UnicodeScalar(UInt8(bitPattern: $0))) }.joined()
  }()

  private var identifier: instruction_set {
    switch self {
    case .portable: instruction_set_portable
    case .avx2: instruction_set_avx2
    case .avx512: instruction_set_avx512
    }
  }

  /// The C kernels for this instruction set.
  var kernels: KernelTable {
    precondition(isAvailable, "This processor does not have \(rawValue)")
    return KernelTable(identifier)
  }
}
