import Graphs
import Tensors
import Testing

@Suite struct CastTests {
  @Test func cutsAndClampsNumbers() throws {
    let value = Tensor([7], elements: [-1.9, 2.9, .nan, .infinity, -.infinity, 300, -0.5] as [Float])
    func cast<Element: TensorElement>(_ type: Element.Type) throws -> [Element] {
      try Cast(to: type.elementType).evaluate([value])[0].elements()
    }
    #expect(try cast(Int8.self) == [-1, 2, 0, 127, -128, 127, 0])
    #expect(try cast(UInt8.self) == [0, 2, 0, 255, 0, 255, 0])
    #expect(try cast(Int32.self) == [-1, 2, 0, .max, .min, 300, 0])
    #expect(try cast(Int64.self) == [-1, 2, 0, .max, .min, 300, 0])
    #expect(try cast(Bool.self) == [true, true, true, true, true, true, true])
  }

  @Test func wrapsIntegersAround() throws {
    let value = Tensor([4], elements: [-1, 256, 130, 0] as [Int64])
    func cast<Element: TensorElement>(_ type: Element.Type) throws -> [Element] {
      try Cast(to: type.elementType).evaluate([value])[0].elements()
    }
    #expect(try cast(Int8.self) == [-1, 0, -126, 0])
    #expect(try cast(UInt8.self) == [255, 0, 130, 0])
    #expect(try cast(Float.self) == [-1, 256, 130, 0])
    #expect(try cast(Float16.self) == [-1, 256, 130, 0])
    #expect(try cast(Bool.self) == [true, true, true, false])
  }

  @Test(arguments: ElementType.allCases)
  func keepsSmallNumbersOfEveryType(_ type: ElementType) throws {
    let value = Tensor([2], elements: [0, 1] as [Float])
    let there = try Cast(to: type).evaluate([value])
    #expect(there[0].elementType == type)
    #expect(try Cast(to: .float32).evaluate(there)[0].elements() == [0, 1] as [Float])
  }

  @Test func roundsHalfPrecision() throws {
    let value = Tensor([2], elements: [1.0005, 65520] as [Float])
    #expect(try Cast(to: .float16).evaluate([value])[0].elements() == [1.0009766, .infinity] as [Float16])
  }
}
