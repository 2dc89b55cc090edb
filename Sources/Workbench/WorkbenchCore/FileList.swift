import Foundation

/// The images to work on, in order, which of them is open, and which a filter leaves in the list.
public struct FileList: Equatable, Sendable {
  /// Paths as given on the command line or found in a folder.
  public let paths: [String]
  /// Index of the open image.
  public private(set) var current: Int
  /// Indices of the images that the filter leaves, ascending; nil when it leaves all.
  private(set) var shown: [Int]?

  public init(paths: [String], current: Int = 0) {
    self.paths = paths
    self.current = paths.isEmpty ? 0 : current.clamped(to: 0...(paths.count - 1))
  }

  /// Path of the open image; nil for an empty list.
  public var currentPath: String? { paths.isEmpty ? nil : paths[current] }
  public var hasNext: Bool { neighbour(1) != nil }
  public var hasPrevious: Bool { neighbour(-1) != nil }

  /// How many images the filter leaves.
  public var count: Int { shown?.count ?? paths.count }

  /// Returns the index of the image in a place of the list.
  public func index(at place: Int) -> Int { shown?[place] ?? place }

  /// Returns the place in the list of an image, or where it is not in the list, of the next one that is.
  public func place(of index: Int) -> Int {
    guard let shown else { return index }
    var (low, high) = (0, shown.count)
    while low < high {
      let middle = (low + high) / 2
      if shown[middle] < index { low = middle + 1 } else { high = middle }
    }
    return min(low, max(shown.count - 1, 0))
  }

  /// The index of the image before (-1) or after (1) the open one in the list; nil at its ends.
  func neighbour(_ step: Int) -> Int? {
    guard count > 0 else { return nil }
    let place = place(of: current)
    let found = index(at: place)
    // Where the open image is not in the list, the place is that of the one behind it, or the last of all.
    let next = found > current && step > 0 ? place : found < current && step < 0 ? place : place + step
    return (0..<count).contains(next) && index(at: next) != current ? index(at: next) : nil
  }

  /// Makes another image the open one; an index outside the list means its nearest end.
  public mutating func open(_ index: Int) {
    guard !paths.isEmpty else { return }
    current = index.clamped(to: 0...(paths.count - 1))
  }

  /// Leaves only some images in the list, whose indices ascend; nil for all.
  mutating func show(_ indices: [Int]?) { shown = indices }

  /// The images that command line arguments mean: a file stands for itself, a folder for the images directly
  /// in it, ordered as people order names with numbers.
  ///
  /// - Throws: `WorkbenchError.noFile` or `.noImages` for an argument that means nothing.
  public static func expanding(_ arguments: [String]) throws(WorkbenchError) -> FileList {
    var paths: [String] = []
    for argument in arguments {
      if try isFolder(argument) {
        paths += try FolderListing.images(in: argument)
      } else {
        paths.append(argument)
      }
    }
    return FileList(paths: paths)
  }

  /// Checks that a folder holds images.
  ///
  /// - Throws: `WorkbenchError.unreadableFolder` or `.noImages`.
  public static func checkImages(in folder: String) throws(WorkbenchError) {
    try FolderListing.check(folder)
  }

  /// Whether a command line argument is a folder.
  ///
  /// - Throws: `WorkbenchError.noFile` where there is nothing.
  public static func isFolder(_ argument: String) throws(WorkbenchError) -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
      throw .noFile(path: argument)
    }
    return isFolder.boolValue
  }
}
