import Glibc

/// The file that timings are kept in between processes.
enum KernelTimingsFile {
  /// The most bytes that are read; a file that has grown beyond starts anew.
  static let mostBytes = 4 << 20

  /// Returns a file's text; nil when it cannot be read.
  static func read(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    while bytes.count < mostBytes {
      let count = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: 64 << 10))
      // Safe: the 64 KiB behind the bytes read so far belong to the array.
      let read = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + count, 64 << 10) }
      bytes.removeLast(64 << 10 - max(read, 0))
      if read < 0 { return nil }
      if read == 0 { return String(validating: bytes, as: UTF8.self) }
    }
    return nil
  }

  /// Writes a text under a temporary name and renames it, so that a reader sees the old file or the new one; does nothing
  /// when that is impossible.
  static func write(_ text: String, to path: String) {
    for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o755) }
    let temporary = "\(path).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      // Safe: the bytes belong to the slice.
      let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard written > 0 else { break }
      rest = rest.dropFirst(written)
    }
    close(file)
    if !rest.isEmpty || rename(temporary, path) != 0 { unlink(temporary) }
  }
}
