import Glibc

/// A file's bytes, mapped read-only for as long as the object lives.
///
/// A page of zeros follows the file in memory, so that tensors that borrow its last bytes have the readable tail
/// that kernels expect (`TensorStorage.readableTail`). Another program that shortens the file while it is mapped
/// takes bytes away; files that are replaced by renaming, as `Safetensors.write` does, are safe.
final class MappedFile: @unchecked Sendable {
  // Sendable: the mapping is private and read-only, and its address never changes.

  /// Where the file was opened.
  let path: String
  /// The file's size.
  let byteCount: Int
  private let address: UnsafeRawPointer
  private let mappedByteCount: Int

  /// Maps a regular file.
  ///
  /// - Throws: `ModelFormatError.file` when it cannot be opened or is empty.
  init(_ path: String) throws(ModelFormatError) {
    // A named pipe would block without O_NONBLOCK.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .file(path: path, reason: "cannot open: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .file(path: path, reason: "not a regular file")
    }
    let byteCount = Int(status.st_size)
    guard byteCount > 0 else { throw .damaged(path: path, reason: "the file is empty") }

    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    let (padded, overflow) = byteCount.addingReportingOverflow(2 * pageSize)
    guard !overflow else { throw .file(path: path, reason: "too large to map") }
    let mappedByteCount = padded / pageSize * pageSize
    // Reserves the tail first, then lays the file over the start of the reservation.
    guard
      let reserved = mmap(nil, mappedByteCount, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      reserved != MAP_FAILED
    else {
      throw .file(path: path, reason: "cannot map: \(String(cString: strerror(errno)))")
    }
    // Safe: MAP_FIXED replaces only pages of the reservation made above.
    guard mmap(reserved, byteCount, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) != MAP_FAILED else {
      let reason = "cannot map: \(String(cString: strerror(errno)))"
      munmap(reserved, mappedByteCount)
      throw .file(path: path, reason: reason)
    }
    self.path = path
    self.byteCount = byteCount
    self.address = UnsafeRawPointer(reserved)
    self.mappedByteCount = mappedByteCount
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: address), mappedByteCount) }

  /// The byte at `offset`, which lies inside the file.
  subscript(offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < byteCount, "Byte \(offset) of a file of \(byteCount)")
    // Safe: checked above.
    return address.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// Returns a copy of the bytes in `range`, which lies inside the file.
  func bytes(in range: Range<Int>) -> [UInt8] { [UInt8](view(of: range)) }

  /// Returns the bytes in `range`, which lies inside the file, for as long as this object lives.
  func view(of range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= byteCount, "Bytes \(range) of a file of \(byteCount)")
    // Safe: checked above.
    return UnsafeRawBufferPointer(start: address + range.lowerBound, count: range.count)
  }
}
