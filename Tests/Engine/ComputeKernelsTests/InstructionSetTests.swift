import CKernels
import ComputeKernels
import Testing

@Suite struct InstructionSetTests {
  @Test func thePortableSetIsAlwaysThere() {
    #expect(InstructionSet.available.first == .portable)
    #expect(InstructionSet.available.contains(.selected))
    #expect(InstructionSet.best == InstructionSet.available.last)
  }

  @Test func wideVectorsAreMeasured() {
    // Nothing multiplies slower in wider vectors, or more than twice as fast; a busy machine blurs both.
    let gain = wide_vector_gain()
    #expect(gain > 0.3 && gain < 6)
    #expect(InstructionSet.available.contains(.avx512) || gain == 1)
  }
}
