import Glibc

/// A fixed block of bytes, aligned to a cache line, that tensors share.
///
/// The block is followed by `readableTail` bytes that kernels may read (never write), so that a vector load
/// at the last element stays inside the allocation. Borrowed bytes, of a mapped file for instance, have no
/// such tail and no alignment beyond their own.
public final class TensorStorage: @unchecked Sendable {
  // Sendable: `Tensor` writes only while it holds the sole reference (copy on write), else the bytes are
  // constant.

  /// Alignment of owned bytes.
  public static let alignment = 64
  /// Bytes after the end of owned storage that may be read.
  public static let readableTail = 64

  /// The first byte.
  public let baseAddress: UnsafeMutableRawPointer
  /// The number of bytes, without the tail.
  public let byteCount: Int
  /// Keeps borrowed bytes alive; nil when the storage owns its bytes.
  private let owner: (any AnyObject & Sendable)?

  /// Allocates zeroed bytes.
  public init(byteCount: Int) {
    let total = byteCount + Self.readableTail
    let address = allocatePages(byteCount: total)
    // Safe: `address` has `total` bytes.
    memset(address, 0, total)
    self.baseAddress = address
    self.byteCount = byteCount
    self.owner = nil
  }

  /// Borrows bytes that live as long as `owner`; they are never written.
  public init(borrowing bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable) {
    // Safe: `Tensor` copies borrowed storage before it writes (`isWritable`).
    self.baseAddress = UnsafeMutableRawPointer(
      mutating: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 64)!)
    self.byteCount = bytes.count
    self.owner = owner
  }

  /// Whether the bytes belong to this object and may be written by a sole holder.
  public var isWritable: Bool { owner == nil }

  deinit { if owner == nil { free(baseAddress) } }
}
