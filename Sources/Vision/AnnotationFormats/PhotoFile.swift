import Annotations

/// A file, or a folder of files, that tells of one photo.
protocol PhotoFile {
  /// Which photo that is.
  var subject: PhotoSubject { get }

  /// Reads the objects, from the lowest to the topmost.
  ///
  /// - Throws: `FormatError`.
  func objects(width: Int, height: Int) throws(FormatError) -> [AnnotatedObject]
}

/// What a file says of the photo that it is about.
struct PhotoSubject {
  /// The photo's name, without its extension if the format has it so.
  var name: String
  var isStem = false
  /// The photo's size, as far as the file tells it.
  var width, height: Int?
  /// Where in the file name and size stand, for errors.
  var nameField = "", sizeField = ""
}

extension PhotoIndex {
  /// Reads files of which each is about one photo.
  ///
  /// - Parameters:
  ///   - isLone: Whether there is one file alone, which then is about the only photo, whatever its name.
  ///   - open: Reads as much of a file as tells its photo.
  /// - Throws: `FormatError`, also when two files are about one photo.
  func annotations<File: PhotoFile>(
    in paths: [String], isLone: Bool, progress: ReadingProgress, open: (String) throws(FormatError) -> File
  ) throws(FormatError) -> ImportedAnnotations {
    var result = ImportedAnnotations()
    var known: Set<Photo> = []
    for (index, path) in paths.enumerated() {
      let file = try open(path)
      let subject = file.subject
      progress(index, paths.count)
      let found =
        subject.isStem
        ? try photo(stem: subject.name, in: path, isLone: isLone)
        : try photo(named: subject.name, in: path, isLone: isLone)
      guard let photo = found else {
        result.strangers.append(subject.name)
        continue
      }
      guard known.insert(photo).inserted else {
        throw .damaged(
          path: path, field: subject.nameField, reason: "another file is about \(subject.name) too")
      }
      let size = try photo.size()
      let (width, height) = (subject.width ?? size.width, subject.height ?? size.height)
      guard size == (width, height) else {
        throw .damaged(
          path: path, field: subject.sizeField,
          reason: "the file is about \(width)x\(height) pixels, \(photo.name) has"
            + " \(size.width)x\(size.height)")
      }
      result.photos.append(
        AnnotatedPhoto(
          photo: photo, width: width, height: height,
          objects: try file.objects(width: width, height: height)))
    }
    return result
  }
}
