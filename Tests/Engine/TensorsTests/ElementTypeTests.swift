import Tensors
import Testing

@Suite struct ElementTypeTests {
  @Test(arguments: ElementType.allCases)
  func theSwiftTypeStandsForTheSameElements(_ type: ElementType) {
    func size<Element: TensorElement>(_: Element.Type) -> Int { MemoryLayout<Element>.stride }
    #expect(type.swiftType.elementType == type)
    #expect(size(type.swiftType) == type.byteCount)
  }
}
