import CKernels
import Glibc
import Tensors

/// Floats that a kernel prepared once and reads ever after: packed weights, biases, tables.
///
/// Aligned to a cache line and followed by 64 readable zero bytes.
final class FloatBlock: @unchecked Sendable {
  // Sendable: written by the closure of `init` only.
  let pointer: UnsafePointer<Float>
  let count: Int

  /// Allocates zeros and lets `fill` write them.
  convenience init(count: Int, fill: (UnsafeMutablePointer<Float>) -> Void = { _ in }) {
    self.init(overwriting: count) { floats in
      // Safe: `floats` has room for `count`.
      memset(floats, 0, count * MemoryLayout<Float>.stride)
      fill(floats)
    }
  }

  /// Allocates and lets `fill` write all of it, without touching large blocks twice.
  init(overwriting count: Int, fill: (UnsafeMutablePointer<Float>) -> Void) {
    let byteCount = count * MemoryLayout<Float>.stride
    // Safe: `address` has `byteCount` bytes, which hold `count` floats, and the tail.
    let address = allocatePages(byteCount: byteCount + TensorStorage.readableTail)
    memset(address + byteCount, 0, TensorStorage.readableTail)
    let floats = address.bindMemory(to: Float.self, capacity: count)
    fill(floats)
    self.pointer = UnsafePointer(floats)
    self.count = count
  }

  /// Copies an array.
  convenience init(_ values: [Float]) {
    self.init(count: values.count) { floats in
      for (index, value) in values.enumerated() { floats[index] = value }
    }
  }

  // Safe: allocated by `allocatePages`, and no kernel that holds `self` is running any more.
  deinit { free(UnsafeMutableRawPointer(mutating: pointer)) }
}

extension Tensor {
  /// Calls `body` with the elements of a tensor of floats.
  func withUnsafeFloats<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
    precondition(elementType == .float32, "A tensor of \(elementType.rawValue) was read as float32")
    // Safe: storages of floats are aligned for them, and `body` reads no more than the tensor has.
    return withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: Float.self)) }
  }

  /// The elements of a tensor of floats, copied to an aligned block.
  var floats: [Float] { elements(as: Float.self) }
}
