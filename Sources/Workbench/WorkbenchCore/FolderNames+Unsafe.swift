import Glibc

/// The names in a folder, as the system lists them.
enum FolderNames {
  /// Calls `body` with each name until it returns false; names that are no UTF-8 are repaired.
  ///
  /// - Returns: Whether the folder could be read.
  static func forEach(in folder: String, _ body: (String) -> Bool) -> Bool {
    guard let stream = opendir(folder) else { return false }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      // An entry lives until the next call, and its name ends with a zero, at most 255 bytes behind its start.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != "..", !body(name) { break }
    }
    return true
  }
}
