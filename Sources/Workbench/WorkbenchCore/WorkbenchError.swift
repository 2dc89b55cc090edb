/// What can be wrong with the workbench's arguments, settings and themes.
public enum WorkbenchError: Error, Equatable, CustomStringConvertible {
  /// An argument names nothing that exists.
  case noFile(path: String)
  /// A folder holds no images.
  case noImages(folder: String)
  /// A folder cannot be listed.
  case unreadableFolder(path: String)
  /// A settings or theme file cannot be read.
  case unreadableFile(path: String)
  /// A settings or theme file is not TOML.
  case syntax(path: String, line: Int, reason: String)
  /// A settings or theme file holds a key that means nothing, or a value that cannot be.
  case setting(path: String, line: Int, key: String, reason: String)
  /// No theme has this name.
  case unknownTheme(name: String, known: [String])

  public var description: String {
    switch self {
    case .noFile(let path): "\(path): no such file or folder"
    case .noImages(let folder): "\(folder): no PNG or JPEG images in this folder"
    case .unreadableFolder(let path): "\(path): cannot list this folder; check its permissions"
    case .unreadableFile(let path): "\(path): cannot read this file; check its permissions"
    case .syntax(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .setting(let path, let line, let key, let reason): "\(path):\(line): \(key): \(reason)"
    case .unknownTheme(let name, let known):
      "no theme named \(name); there are \(known.joined(separator: ", "))"
    }
  }
}
