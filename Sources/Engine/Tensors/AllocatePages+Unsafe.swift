import Glibc

/// Allocates memory aligned to a cache line, in huge pages where it fills some; to be freed with `free`.
///
/// Maps with many channels put neighbouring pixels on different pages: with pages of 4 KiB a convolution's window
/// covers more of them than the processor's translation buffer holds.
package func allocatePages(byteCount: Int) -> UnsafeMutableRawPointer {
  let hugePage = 2 << 20
  let isLarge = byteCount >= hugePage
  var address: UnsafeMutableRawPointer?
  let failure = posix_memalign(&address, isLarge ? hugePage : TensorStorage.alignment, byteCount)
  guard failure == 0, let address else { fatalError("No memory for \(byteCount) bytes") }
  // Safe: the range is part of the allocation. The advice may be refused; the memory serves as well.
  if isLarge { madvise(address, byteCount / hugePage * hugePage, MADV_HUGEPAGE) }
  return address
}
