import Tensors
import Testing

@Suite struct TensorTests {
  @Test func startsAsZeros() {
    let tensor = Tensor([3, 5], elementType: .int32)
    #expect(tensor.byteCount == 60)
    #expect(tensor.elements() == [Int32](repeating: 0, count: 15))
  }

  @Test func keepsElementsOfEveryType() {
    func roundTrip<Element: TensorElement & Equatable>(_ elements: [Element]) {
      let tensor = Tensor([elements.count], elements: elements)
      #expect(tensor.elementType == Element.elementType)
      #expect(tensor.elements() == elements)
    }
    roundTrip([1.5, -.infinity] as [Float])
    roundTrip([1.5, 65504] as [Float16])
    roundTrip([-128, 127] as [Int8])
    roundTrip([0, 255] as [UInt8])
    roundTrip([.min, .max] as [Int32])
    roundTrip([.min, .max] as [Int64])
    roundTrip([true, false])
    roundTrip([] as [Float])
  }

  @Test func repeatsAValue() {
    #expect(Tensor([2, 2], repeating: 7 as UInt8).elements() == [7, 7, 7, 7] as [UInt8])
  }

  @Test func writingACopyLeavesTheOriginal() {
    let original = Tensor([2], elements: [1, 2] as [Float])
    var copy = original
    copy.withUnsafeMutableBytes { $0.storeBytes(of: 9, as: Float.self) }
    #expect(original.elements() == [1, 2] as [Float])
    #expect(copy.elements() == [9, 2] as [Float])
  }

  @Test func writingASoleTensorKeepsItsStorage() {
    var tensor = Tensor([2], elements: [1, 2] as [Float])
    let address = tensor.storage.baseAddress
    tensor.withUnsafeMutableBytes { $0.storeBytes(of: 9, as: Float.self) }
    #expect(tensor.storage.baseAddress == address)
  }

  @Test func reshapingSharesTheElements() throws {
    let tensor = Tensor([2, 3], elements: [1, 2, 3, 4, 5, 6] as [Float])
    let reshaped = try tensor.reshaped([3, 1, 2])
    #expect(reshaped.shape == [3, 1, 2])
    #expect(reshaped.storage === tensor.storage)
    #expect(reshaped.elements() == tensor.elements(as: Float.self))
    #expect(throws: TensorError.elementCount(shape: [4], expected: 4, found: 6)) {
      try tensor.reshaped([4])
    }
  }

  @Test func viewsPartOfAStorage() throws {
    let whole = Tensor([4], elements: [1, 2, 3, 4] as [Float])
    var part = try Tensor([2], elementType: .float32, storage: whole.storage, byteOffset: 4)
    #expect(part.elements() == [2, 3] as [Float])
    part.withUnsafeMutableBytes { $0.storeBytes(of: 9, as: Float.self) }
    #expect(whole.elements() == [1, 2, 3, 4] as [Float])
    #expect(part.elements() == [9, 3] as [Float])
  }

  @Test(arguments: [
    (4, 0, 3), (4, 4, 2), (1, 12, 0), (1, 13, 0), (1, -4, 0), (1, Int.min, 0), (1, Int.max, 0),
  ])
  func refusesToViewBeyondTheStorage(count: Int, byteOffset: Int, found: Int) {
    let storage = TensorStorage(byteCount: 12)
    #expect(throws: TensorError.elementCount(shape: [count], expected: count, found: found)) {
      try Tensor([count], elementType: .float32, storage: storage, byteOffset: byteOffset)
    }
  }

  @Test func readsUnalignedElements() throws {
    let bytes: [UInt8] = [0, 0, 0, 128, 63, 0, 0, 0, 64]
    let storage = Tensor([9], elements: bytes).storage
    let tensor = try Tensor([2], elementType: .float32, storage: storage, byteOffset: 1)
    #expect(tensor.elements() == [1, 2] as [Float])
  }

  @Test func anyByteIsABoolean() throws {
    let storage = Tensor([3], elements: [0, 2, 255] as [UInt8]).storage
    let tensor = try Tensor([3], elementType: .bool, storage: storage)
    #expect(tensor.elements() == [false, true, true])
  }
}
