import Foundation
import Glibc

/// Files of annotations, which others wrote.
enum InputFile {
  /// The most bytes that are read.
  static let byteLimit = 2_000_000_000

  /// Reads a file.
  ///
  /// - Throws: `FormatError.unreadable`.
  static func bytes(of path: String) throws(FormatError) -> Data {
    let url = URL(fileURLWithPath: path)
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, reason: "it is no file") }
    guard status.st_size <= byteLimit else {
      throw .unreadable(path: path, reason: "\(status.st_size) bytes are more than \(byteLimit)")
    }
    do {
      return try Data(contentsOf: url)
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      throw .unreadable(
        path: path, reason: cause.map { String(cString: strerror(Int32($0.code))) } ?? "\(error)")
    }
  }

  /// Reads a file of text, line by line.
  ///
  /// - Throws: `FormatError.unreadable`, or `.damaged` for bytes that are not UTF-8.
  static func lines(of path: String) throws(FormatError) -> [String] {
    guard let text = String(data: try bytes(of: path), encoding: .utf8) else {
      throw .damaged(path: path, reason: "is not UTF-8 text")
    }
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }

  /// The folder that a file is in, or the folder itself.
  static func folder(of path: String) -> String {
    guard !isFolder(path) else { return path }
    let folder = (path as NSString).deletingLastPathComponent
    // From here the folder above has another name than nothing.
    return folder.isEmpty ? FileManager.default.currentDirectoryPath : folder
  }

  /// Whether a folder has this name.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The name of a file without its extension.
  static func stem(_ path: String) -> String {
    ((path as NSString).lastPathComponent as NSString).deletingPathExtension
  }

  /// The names in a folder.
  ///
  /// - Throws: `FormatError.unreadable`.
  static func names(in folder: String) throws(FormatError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadable(path: folder, reason: "the folder cannot be listed")
    }
  }

  /// The files in a folder that end so, in order; or the file itself when it is none.
  ///
  /// - Throws: `FormatError.unreadable`, or `.unfitting` for a folder without such files.
  static func files(_ path: String, endingIn ending: String) throws(FormatError) -> [String] {
    guard isFolder(path) else {
      guard access(path, F_OK) == 0 else {
        throw .unreadable(path: path, reason: String(cString: strerror(errno)))
      }
      return [path]
    }
    let files = try names(in: path).filter { $0.lowercased().hasSuffix(ending) && !$0.hasPrefix(".") }
      .sorted()
    guard !files.isEmpty else { throw .unfitting(path: path, reason: "has no files that end in \(ending)") }
    return files.map { (path as NSString).appendingPathComponent($0) }
  }

  /// Decodes a JSON file.
  ///
  /// - Throws: `FormatError.unreadable`, or `.damaged` with the place such as `annotations[3].segmentation`.
  static func json<Value: Decodable>(_ type: Value.Type, _ path: String) throws(FormatError) -> Value {
    let data = try bytes(of: path)
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch DecodingError.keyNotFound(let key, let context) {
      throw .damaged(path: path, field: field(context.codingPath + [key]), reason: "is missing")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw .damaged(path: path, field: field(context.codingPath), reason: "is of the wrong kind")
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      throw .damaged(path: path, field: field(context.codingPath), reason: context.debugDescription)
    } catch {
      throw .damaged(path: path, reason: "is not JSON")
    }
  }

  private static func field(_ path: [any CodingKey]) -> String {
    path.reduce("") { text, key in
      if let index = key.intValue { return "\(text)[\(index)]" }
      return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
    }
  }
}

extension OutputFile {
  /// Makes a JSON file.
  init(path: String, json value: some Encodable) throws(FormatError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      self.init(path: path, bytes: try Array(encoder.encode(value)) + [0x0A])
    } catch {
      throw .unwritable(photo: path, reason: "cannot be written as JSON (\(error))")
    }
  }
}
