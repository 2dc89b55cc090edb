import Glibc

/// A regular file opened for reading.
struct OpenFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// The file's length when it was opened.
  let byteCount: Int

  /// Opens the file.
  ///
  /// - Throws: `ImageError` for what is absent, unreadable or not a regular file.
  init(_ path: String) throws(ImageError) {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw code == ENOENT || code == ENOTDIR
        ? .absent(path: path) : .unreadable(path: path, reason: systemReason(code))
    }
    var status = stat()
    let failure = fstat(descriptor, &status) == 0 ? 0 : errno
    let kind = status.st_mode & S_IFMT
    guard failure == 0, kind == S_IFREG else {
      close(descriptor)
      throw failure != 0
        ? .unreadable(path: path, reason: systemReason(failure))
        : kind == S_IFDIR ? .directory(path: path) : .notAFile(path: path)
    }
    self.path = path
    self.descriptor = descriptor
    self.byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads on for `limit` bytes or until the end.
  ///
  /// - Throws: `ImageError.unreadable`.
  func read(atMost limit: Int) throws(ImageError) -> [UInt8] {
    let wanted = min(byteCount, limit)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      count = 0
      while count < wanted {
        // Safe: `read` writes at most the `wanted` - `count` bytes that are left in the buffer.
        let step = Glibc.read(descriptor, buffer.baseAddress! + count, wanted - count)
        if step < 0 && errno == EINTR { continue }
        if step < 0 { failure = errno }
        if step <= 0 { break }
        count += step
      }
    }
    guard failure == 0 else { throw .unreadable(path: path, reason: systemReason(failure)) }
    return bytes
  }
}
