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

  /// The most products with an addition that one thread computes in a nanosecond, measured now; 0 where it is not known.
  public static var multiplyAddsPerNanosecond: Double { multiply_adds_per_nanosecond() }

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
