import ComputeKernels
import Testing

@Suite struct InstructionSetTests {
  @Test func thePortableSetIsAlwaysThere() {
    #expect(InstructionSet.available.first == .portable)
    #expect(InstructionSet.available.contains(.selected))
    #expect(InstructionSet.best == InstructionSet.available.last)
  }
}
