import Foundation

/// Files beside an ONNX model that hold the numbers of its large tensors.
struct ExternalData {
  private let folder: String
  private var files: [String: MappedFile] = [:]

  /// Serves the model at `modelPath`.
  init(modelPath: String) {
    folder = URL(fileURLWithPath: modelPath).deletingLastPathComponent().resolvingSymlinksInPath().path
  }

  /// Returns a tensor's bytes.
  ///
  /// - Parameters:
  ///   - description: the message that says in which file and where.
  ///   - byteCount: the bytes that the tensor takes, unless the message says how many there are.
  /// - Throws: `ModelFormatError.tensor` when the file is not inside the model's folder or too short; `.file` when
  ///   it cannot be opened.
  mutating func bytes(of description: Onnx_TensorProto, byteCount: Int) throws(ModelFormatError)
    -> StoredTensor.Bytes
  {
    var entries: [String: String] = [:]
    for entry in description.externalData { entries[entry.key] = entry.value }
    let name = description.name
    guard let location = entries["location"] else {
      throw .tensor(name: name, reason: "its external data has no location")
    }
    let file = try file(at: location, tensor: name)
    let offset = try number(entries["offset"], or: 0, tensor: name)
    let length = try number(entries["length"], or: byteCount, tensor: name)
    guard offset <= file.byteCount, length <= file.byteCount - offset else {
      throw .tensor(
        name: name,
        reason: "\(length) bytes from \(offset) on are not within the \(file.byteCount) of \(location)")
    }
    return .mapped(file, offset..<offset + length)
  }

  private func number(_ text: String?, or fallback: Int, tensor: String) throws(ModelFormatError) -> Int {
    guard let text else { return fallback }
    guard let number = Int(text), number >= 0 else {
      throw .tensor(name: tensor, reason: "\(text) is no place in a file")
    }
    return number
  }

  /// Opens a file, or returns it when it is open already.
  private mutating func file(at location: String, tensor: String) throws(ModelFormatError) -> MappedFile {
    if let file = files[location] { return file }
    let outside = ModelFormatError.tensor(
      name: tensor, reason: "its external data \(location) is not inside the model's folder")
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !location.isEmpty, !location.contains("\0"), !parts.contains(".."), !location.hasPrefix("/") else {
      throw outside
    }
    // Symbolic links are resolved before the comparison, so that they cannot lead out of the folder either.
    let path = URL(fileURLWithPath: folder).appendingPathComponent(location).resolvingSymlinksInPath().path
    guard path.hasPrefix(folder == "/" ? folder : folder + "/") else { throw outside }
    let file = try MappedFile(path)
    files[location] = file
    return file
  }
}
