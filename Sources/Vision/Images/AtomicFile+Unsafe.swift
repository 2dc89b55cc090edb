import Glibc

/// Writes whole files: under a temporary name first, under their own when every byte is on the disk.
package enum AtomicFile {
  /// Writes a file.
  ///
  /// - Throws: `ImageError.exists` when the file is there and `overwrite` is false, else `ImageError.unwritable`.
  package static func write(_ bytes: [UInt8], to path: String, overwrite: Bool) throws(ImageError) {
    if !overwrite && access(path, F_OK) == 0 { throw .exists(path: path) }
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).partial"
    let failure = writeNew(bytes, to: temporary)
    guard failure == 0 else {
      unlink(temporary)
      throw .unwritable(path: path, reason: systemReason(failure))
    }
    do throws(ImageError) {
      if !overwrite { try reserve(path) }
      guard rename(temporary, path) == 0 else { throw .unwritable(path: path, reason: systemReason(errno)) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Creates an empty file, which fails when another program took the name in the meantime.
  private static func reserve(_ path: String) throws(ImageError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let code = errno
      throw code == EEXIST ? .exists(path: path) : .unwritable(path: path, reason: systemReason(code))
    }
    close(descriptor)
  }

  /// Returns 0 or the code of what went wrong.
  private static func writeNew(_ bytes: [UInt8], to path: String) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return errno }
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        // Safe: `written` < `count`, so the range stays inside the buffer, which is not empty.
        let step = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        if step < 0 && errno == EINTR { continue }
        guard step > 0 else {
          failure = step < 0 ? errno : EIO
          return
        }
        written += step
      }
    }
    if failure == 0 && fsync(descriptor) != 0 && errno != EINVAL { failure = errno }
    if close(descriptor) != 0 && failure == 0 { failure = errno }
    return failure
  }
}
