import Foundation
import Tensors

extension Safetensors {
  /// Writes tensors to a file: to a temporary one first, which then takes the name `path`.
  ///
  /// Tensors are laid out as the reference implementation does, larger element types first and then by name, so
  /// that every tensor is aligned and equal tensors make equal files.
  ///
  /// - Parameters:
  ///   - tensors: the tensors by name.
  ///   - metadata: free text by name.
  ///   - floatType: `.float32` or `.float16`: how tensors of either type are stored; nil stores them as they are.
  ///   - path: the file to make or replace.
  /// - Throws: `ModelFormatError.file` when the file cannot be written; `.tensor` when a finite number is beyond
  ///   float16, or for the one name that the format reserves.
  public static func write(
    _ tensors: [String: Tensor], metadata: [String: String] = [:], floatType: ElementType? = nil,
    to path: String
  ) throws(ModelFormatError) {
    precondition(
      [nil, .float32, .float16].contains(floatType), "Floats are stored as float32 or float16")
    guard tensors[SafetensorsHeader.metadataName] == nil else {
      throw .tensor(name: SafetensorsHeader.metadataName, reason: "the name is reserved by the format")
    }
    var stored: [(name: String, tensor: Tensor)] = []
    for (name, tensor) in tensors {
      stored.append((name, try converted(tensor, to: floatType, name: name)))
    }
    stored.sort {
      (StoredType($0.tensor.elementType).safetensorsOrder, $0.name)
        < (StoredType($1.tensor.elementType).safetensorsOrder, $1.name)
    }

    let header = headerText(stored, metadata: metadata)
    var file = Data(capacity: 8 + header.utf8.count + stored.reduce(0) { $0 + $1.tensor.byteCount })
    for byte in 0..<8 { file.append(UInt8(truncatingIfNeeded: header.utf8.count >> (8 * byte))) }
    file.append(contentsOf: header.utf8)
    for (_, tensor) in stored { tensor.withUnsafeBytes { file.append(contentsOf: $0) } }
    do {
      try file.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .file(path: path, reason: "cannot write: \(error.localizedDescription)")
    }
  }

  /// Returns the header, padded with spaces so that the tensors start at a multiple of 8 bytes.
  private static func headerText(_ tensors: [(name: String, tensor: Tensor)], metadata: [String: String])
    -> String
  {
    var entries: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      entries.append("\(quoted(SafetensorsHeader.metadataName)):{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for (name, tensor) in tensors {
      let type = StoredType(tensor.elementType).safetensorsName
      let shape = tensor.shape.dimensions.map(String.init).joined(separator: ",")
      let end = offset + tensor.byteCount
      entries.append(
        "\(quoted(name)):{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    let text = "{\(entries.joined(separator: ","))}"
    return text + String(repeating: " ", count: (8 - text.utf8.count % 8) % 8)
  }

  /// Returns `text` as a JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Returns `tensor` with floating-point numbers in `floatType`.
  private static func converted(_ tensor: Tensor, to floatType: ElementType?, name: String)
    throws(ModelFormatError) -> Tensor
  {
    switch (tensor.elementType, floatType) {
    case (.float32, .float16):
      let wide = tensor.elements(as: Float.self)
      let narrow = wide.map { Float16($0) }
      if let index = wide.indices.first(where: { wide[$0].isFinite && !narrow[$0].isFinite }) {
        throw .tensor(name: name, reason: "\(wide[index]) is too large for float16; store it as float32")
      }
      return Tensor(tensor.shape, elements: narrow)
    case (.float16, .float32):
      return Tensor(tensor.shape, elements: tensor.elements(as: Float16.self).map { Float($0) })
    default: return tensor
    }
  }
}
