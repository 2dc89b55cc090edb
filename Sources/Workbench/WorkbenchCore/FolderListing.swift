/// The images directly in a folder, found in one pass over its names: no file is looked at, so that a folder of a hundred
/// thousand takes a fraction of a second.
enum FolderListing {
  /// Endings of file names that a folder's listing takes for images.
  private static let extensions: Set<String> = ["png", "jpg", "jpeg", "jpe", "jfif"]

  /// Returns the paths of a folder's images without the masks that were saved beside them, ordered as people order names
  /// with numbers.
  ///
  /// - Throws: `WorkbenchError.unreadableFolder` or `.noImages`.
  static func images(in folder: String) throws(WorkbenchError) -> [String] {
    let images = withoutMasks(try names(in: folder))
    if images.isEmpty { throw .noImages(folder: folder) }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return images.map { (key: sortKey($0), name: $0) }
      .sorted { $0.key == $1.key ? $0.name < $1.name : $0.key.lexicographicallyPrecedes($1.key) }
      .map { prefix + $0.name }
  }

  private static func names(in folder: String) throws(WorkbenchError) -> [String] {
    var names: [String] = []
    let isReadable = FolderNames.forEach(in: folder) { name in
      if isImage(name) { names.append(name) }
      return true
    }
    if !isReadable { throw .unreadableFolder(path: folder) }
    return names
  }

  /// Checks that a folder holds images.
  ///
  /// - Throws: `WorkbenchError.unreadableFolder` or `.noImages`.
  static func check(_ folder: String) throws(WorkbenchError) {
    var hasImage = false
    let isReadable = FolderNames.forEach(in: folder) { name in
      hasImage = isImage(name)
      return !hasImage
    }
    if !isReadable { throw .unreadableFolder(path: folder) }
    if !hasImage { throw .noImages(folder: folder) }
  }

  private static func isImage(_ name: String) -> Bool {
    let bytes = name.utf8
    guard bytes.first != 0x2E, let dot = bytes.lastIndex(of: 0x2E) else { return false }
    return extensions.contains(name[bytes.index(after: dot)...].lowercased())
  }

  /// Leaves out what is named as the mask of another image in the list.
  private static func withoutMasks(_ names: [String]) -> [String] {
    guard names.contains(where: { $0.hasSuffix(MaskDestination.suffix) }) else { return names }
    let stems = Set(names.filter { !$0.hasSuffix(MaskDestination.suffix) }.map(stem))
    return names.filter { name in
      !(name.hasSuffix(MaskDestination.suffix)
        && stems.contains(String(name.dropLast(MaskDestination.suffix.count))))
    }
  }

  private static func stem(_ name: String) -> String {
    name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  /// Bytes whose order is that of people: capital letters as small ones, and numbers by their value, which the count of
  /// their digits before them brings about.
  static func sortKey(_ name: String) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(name.utf8.count + 4)
    var digits: [UInt8] = []
    func endNumber() {
      guard !digits.isEmpty else { return }
      let number = digits.drop { $0 == 0x30 }
      key += [0x30, UInt8(clamping: number.count)] + number
      digits = []
    }
    for byte in name.utf8 {
      switch byte {
      case 0x30...0x39: digits.append(byte)
      case 0x41...0x5A:
        endNumber()
        key.append(byte + 0x20)
      default:
        endNumber()
        key.append(byte)
      }
    }
    endNumber()
    return key
  }
}
