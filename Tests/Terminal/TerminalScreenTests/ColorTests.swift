import TerminalScreen
import Testing

@Suite struct ColorTests {
  @Test(arguments: [
    (0xFF0000, 196), (0x000000, 16), (0xFFFFFF, 231), (0x808080, 244), (0x5F87AF, 67), (0x1E90FF, 33),
    (0x080808, 232),
  ])
  func nearestOf256(color: Int, index: Int) {
    #expect(Color.hex(UInt32(color)).reduced(to: .palette256) == .indexed(UInt8(index)), "\(color)")
  }

  @Test(arguments: [
    (0xFF0000, 9), (0x000000, 0), (0xFFFFFF, 15), (0x808080, 8), (0xCC0000, 1), (0x00FFFF, 14),
  ])
  func nearestOf16(color: Int, index: Int) {
    #expect(Color.hex(UInt32(color)).reduced(to: .palette16) == .indexed(UInt8(index)), "\(color)")
  }

  @Test func depthsNeverRefine() {
    #expect(Color.indexed(200).reduced(to: .trueColor) == .indexed(200))
    #expect(Color.indexed(196).reduced(to: .palette16) == .indexed(9))
    #expect(Color.indexed(3).reduced(to: .palette16) == .indexed(3))
    #expect(Color.hex(0x123456).reduced(to: .monochrome) == .standard)
    #expect(Color.standard.reduced(to: .palette16) == .standard)
  }
}
