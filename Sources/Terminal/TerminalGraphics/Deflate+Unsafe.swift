import CZlib

/// The compression of zlib (RFC 1950).
enum Deflate {
  /// Returns the compressed bytes; nil when there is no memory for them.
  static func compress(_ bytes: [UInt8]) -> [UInt8]? {
    var count = compressBound(UInt(bytes.count))
    var isDone = false
    let result = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, used in
      // The buffer has the size that zlib itself calls enough, and `count` becomes what it wrote. The fastest
      // level: photos hardly become smaller by more work.
      isDone = compress2(buffer.baseAddress, &count, bytes, UInt(bytes.count), 1) == Z_OK
      used = isDone ? Int(count) : 0
    }
    return isDone ? result : nil
  }
}
