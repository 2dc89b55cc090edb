import ArgumentParser
import InferenceEngine

extension InstructionSet {
  /// Reads names with commas between them.
  /// - Throws: `ValidationError` for a name that this processor does not have.
  static func list(_ text: String) throws -> [InstructionSet] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let set = InstructionSet(rawValue: String(name)), set.isAvailable else {
        let known = available.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--isa: \(name) is not one of \(known)")
      }
      return set
    }
  }
}
