import Foundation
import Glibc

/// What the palette knows of a folder whose names it completes.
public enum FolderContents: Equatable, Sendable {
  /// The folder is being read.
  case awaited
  /// Its files, and its folders with a slash at their end, ordered as people order names with numbers.
  case names([String])

  /// Reads a folder; one that cannot be read has no names.
  ///
  /// - Parameter folder: The folder as it was typed: empty for the working directory, `~` for homes.
  public static func read(_ folder: String) -> FolderContents {
    let path = folder.isEmpty ? "./" : (folder as NSString).expandingTildeInPath + "/"
    var found: [(key: [UInt8], name: String, ending: String)] = []
    _ = FolderNames.forEach(in: path) { name in
      // A name that is no UTF-8 was repaired, and the repaired one names nothing.
      if let ending = ending(of: path + name) { found.append((FolderListing.sortKey(name), name, ending)) }
      return true
    }
    found.sort { $0.key == $1.key ? $0.name < $1.name : $0.key.lexicographicallyPrecedes($1.key) }
    return .names(found.map { $0.name + $0.ending })
  }

  /// What the name of a file or folder ends with in lists; nil for anything else, such as pipes.
  private static func ending(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return "/"
    case S_IFREG: return ""
    default: return nil
    }
  }
}
