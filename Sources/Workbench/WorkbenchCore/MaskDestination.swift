import Foundation

/// Where masks are written.
public enum MaskDestination: Equatable, Sendable {
  /// Next to each image.
  case besideImage
  /// All into one folder.
  case folder(String)
  /// One file, for one image.
  case file(String)

  /// The ending that a mask's name has after its image's.
  public static let suffix = "-mask.png"

  /// The folder under which journals go; nil for beside each image.
  public var journalFolder: String? {
    switch self {
    case .besideImage: nil
    case .folder(let folder): folder
    case .file(let path): (path as NSString).deletingLastPathComponent
    }
  }

  /// The mask's path for an image: `photos/cat.jpg` has `photos/cat-mask.png`.
  public func path(forImage image: String) -> String {
    let stem = ((image as NSString).lastPathComponent as NSString).deletingPathExtension
    let name = stem + Self.suffix
    switch self {
    case .besideImage:
      return ((image as NSString).deletingLastPathComponent as NSString).appendingPathComponent(name)
    case .folder(let folder): return (folder as NSString).appendingPathComponent(name)
    case .file(let path): return path
    }
  }
}
