import Foundation

/// The images to work on, in order, and which of them is open.
public struct FileList: Equatable, Sendable {
  /// Paths as given on the command line or found in a folder.
  public let paths: [String]
  /// Index of the open image.
  public private(set) var current: Int

  public init(paths: [String], current: Int = 0) {
    self.paths = paths
    self.current = paths.isEmpty ? 0 : current.clamped(to: 0...(paths.count - 1))
  }

  /// Path of the open image; nil for an empty list.
  public var currentPath: String? { paths.isEmpty ? nil : paths[current] }
  public var hasNext: Bool { current + 1 < paths.count }
  public var hasPrevious: Bool { current > 0 }

  /// Makes another image the open one; an index outside the list means its nearest end.
  public mutating func open(_ index: Int) {
    guard !paths.isEmpty else { return }
    current = index.clamped(to: 0...(paths.count - 1))
  }

  /// Endings of file names that a folder's listing takes for images.
  public static let imageExtensions: Set<String> = ["png", "jpg", "jpeg", "jpe", "jfif"]

  /// The images that command line arguments mean: a file stands for itself, a folder for the images directly
  /// in it, ordered as people order names with numbers.
  ///
  /// - Throws: `WorkbenchError.noFile` or `.noImages` for an argument that means nothing.
  public static func expanding(_ arguments: [String]) throws -> FileList {
    var paths: [String] = []
    for argument in arguments {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
        throw WorkbenchError.noFile(path: argument)
      }
      guard isFolder.boolValue else {
        paths.append(argument)
        continue
      }
      let found = try images(inFolder: argument)
      if found.isEmpty { throw WorkbenchError.noImages(folder: argument) }
      paths += found
    }
    return FileList(paths: paths)
  }

  private static func stem(_ name: String) -> String { (name as NSString).deletingPathExtension }

  /// The images directly in a folder, without the masks that were saved beside them.
  private static func images(inFolder folder: String) throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw WorkbenchError.unreadableFolder(path: folder)
    }
    let stems = Set(names.filter { !$0.hasSuffix(MaskDestination.suffix) }.map(stem))
    return
      names
      .filter { name in
        !name.hasPrefix(".") && imageExtensions.contains((name as NSString).pathExtension.lowercased())
          && !(name.hasSuffix(MaskDestination.suffix)
            && stems.contains(String(name.dropLast(MaskDestination.suffix.count))))
      }
      .sorted { $0.compare($1, options: [.numeric, .caseInsensitive]) == .orderedAscending }
      .map { (folder as NSString).appendingPathComponent($0) }
  }
}
