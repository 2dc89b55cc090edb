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
  init(count: Int, fill: (UnsafeMutablePointer<Float>) -> Void = { _ in }) {
    let byteCount = count * MemoryLayout<Float>.stride + TensorStorage.readableTail
    // Safe: `address` has `byteCount` bytes, which hold `count` floats.
    let address = allocatePages(byteCount: byteCount)
    memset(address, 0, byteCount)
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
