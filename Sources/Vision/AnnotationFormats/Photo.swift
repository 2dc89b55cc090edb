import Foundation
import Images

/// A photo that annotations are about.
public struct Photo: Sendable, Hashable {
  /// Where it is.
  public let path: String

  /// Makes a photo.
  public init(_ path: String) { self.path = path }

  /// Its file name.
  public var name: String { (path as NSString).lastPathComponent }

  /// Its file name without extension, which formats of a file per photo share.
  public var stem: String { (name as NSString).deletingPathExtension }

  /// Reads its columns and rows.
  ///
  /// - Throws: `FormatError.image`.
  public func size() throws(FormatError) -> (width: Int, height: Int) {
    do throws(ImageError) { return try ImageFile.size(of: path) } catch { throw .image(error) }
  }
}

/// The photos that annotations may be imported for, by their names.
public struct PhotoIndex: Sendable {
  /// The photos.
  public let photos: [Photo]
  private let byName: [String: [Photo]]
  private let byStem: [String: [Photo]]

  /// Makes an index of files.
  public init(_ paths: [String]) {
    photos = paths.map(Photo.init)
    byName = Dictionary(grouping: photos, by: \.name)
    byStem = Dictionary(grouping: photos, by: \.stem)
  }

  /// The only photo.
  var only: Photo? { photos.count == 1 ? photos[0] : nil }

  /// Returns the photo of a name, of which only the part after the last slash or backslash counts; nil for none.
  ///
  /// - Parameters:
  ///   - path: The file that is about it, for errors.
  ///   - isLone: Whether that is the only file and about one photo: then it is about the only photo, whatever its name.
  /// - Throws: `FormatError.unfitting` when there are several.
  func photo(named name: String, in path: String, isLone: Bool = false) throws(FormatError) -> Photo? {
    if isLone, let only { return only }
    func last(_ separators: String) -> String {
      name.split { separators.contains($0) }.last.map(String.init) ?? name
    }
    // A backslash may also be part of the name.
    return try one(of: byName[last("/")] ?? byName[last("/\\")], last("/\\"), path)
  }

  /// Returns the photo of a name without extension, likewise.
  ///
  /// - Throws: `FormatError.unfitting` when there are several.
  func photo(stem: String, in path: String, isLone: Bool) throws(FormatError) -> Photo? {
    if isLone, let only { return only }
    return try one(of: byStem[stem], stem, path)
  }

  private func one(of photos: [Photo]?, _ name: String, _ path: String) throws(FormatError) -> Photo? {
    guard let photos, photos.count > 1 else { return photos?.first }
    throw .unfitting(
      path: path, reason: "\(name) may be \(photos[0].path) or \(photos[1].path); name one of them")
  }
}
