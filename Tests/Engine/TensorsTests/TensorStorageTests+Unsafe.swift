import Tensors
import Testing

@Suite struct TensorStorageTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func isAlignedAndZeroedToTheEndOfItsTail(byteCount: Int) {
    let storage = TensorStorage(byteCount: byteCount)
    #expect(Int(bitPattern: storage.baseAddress) % TensorStorage.alignment == 0)
    #expect(storage.isWritable)
    let readable = UnsafeRawBufferPointer(
      start: storage.baseAddress, count: byteCount + TensorStorage.readableTail)
    #expect(readable.allSatisfy { $0 == 0 })
  }

  /// Owns bytes as a mapped file does.
  final class Owner: Sendable {
    /// Sendable: written only before the initialiser returns, freed only when nothing else holds the owner.
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
    init(_ elements: [UInt8]) {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: elements.count, alignment: 1)
      copy.copyBytes(from: elements)
      bytes = UnsafeRawBufferPointer(copy)
    }
    deinit { bytes.deallocate() }
  }

  @Test func borrowedBytesAreCopiedBeforeTheyAreWritten() throws {
    let owner = Owner([1, 2, 3, 4])
    let storage = TensorStorage(borrowing: owner.bytes, owner: owner)
    #expect(!storage.isWritable)
    var tensor = try Tensor([2], elementType: .uint8, storage: storage, byteOffset: 1)
    tensor.withUnsafeMutableBytes { $0[0] = 9 }
    #expect(tensor.elements() == [9, 3] as [UInt8])
    #expect(Array(owner.bytes) == [1, 2, 3, 4])
  }

  @Test func aTensorKeepsTheOwnerOfItsBytes() throws {
    weak var weakOwner: Owner?
    var tensor: Tensor?
    do {
      let owner = Owner([5, 6])
      weakOwner = owner
      tensor = try Tensor(
        [2], elementType: .uint8, storage: TensorStorage(borrowing: owner.bytes, owner: owner))
    }
    #expect(weakOwner != nil)
    #expect(tensor?.elements() == [5, 6] as [UInt8])
    tensor = nil
    #expect(weakOwner == nil)
  }
}
