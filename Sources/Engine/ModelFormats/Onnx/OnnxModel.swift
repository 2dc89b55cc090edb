import SwiftProtobuf

/// The parts of an ONNX file that make a network: small messages decoded, weights left in the mapped file.
struct OnnxModel {
  /// The most nodes that a network may have; the largest published ones have some ten thousand.
  static let nodeLimit = 100_000

  /// The mapped file.
  let file: MappedFile
  /// The network's name.
  var name = ""
  /// The version of each domain's operators that the model was made for.
  var operatorSets: [String: Int] = [:]
  /// The nodes in the file's order.
  var nodes: [Onnx_NodeProto] = []
  /// The weights.
  var initializers: [OnnxTensor] = []
  /// What each run is given; old files list the weights here too.
  var inputs: [Onnx_ValueInfoProto] = []
  /// What each run gives.
  var outputs: [Onnx_ValueInfoProto] = []

  /// Reads a file's structure.
  ///
  /// - Throws: `ModelFormatError` when the file cannot be opened or is not an ONNX model.
  init(path: String) throws {
    file = try MappedFile(path)
    var fields = ProtobufFields(0..<file.byteCount, of: file)
    var hasGraph = false
    while let field = try fields.next() {
      switch (field.number, field.content) {
      case (7, .bytes(let range)):
        hasGraph = true
        try readGraph(range)
      case (8, .bytes(let range)):
        let identifier: Onnx_OperatorSetIdProto = try decode(range)
        operatorSets[Self.canonical(identifier.domain)] = Int(identifier.version)
      case (25, .bytes):
        throw ModelFormatError.unsupported(path: path, feature: "functions local to the model are")
      default: break
      }
    }
    guard hasGraph, !operatorSets.isEmpty else {
      throw ModelFormatError.damaged(path: path, reason: "there is no network in it; is it an ONNX model?")
    }
  }

  /// Returns the name of a domain with one name for ONNX's own operators.
  static func canonical(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }

  private mutating func readGraph(_ range: Range<Int>) throws {
    var fields = ProtobufFields(range, of: file)
    while let field = try fields.next() {
      guard case .bytes(let range) = field.content else { continue }
      switch field.number {
      case 1:
        guard nodes.count < Self.nodeLimit else {
          throw ModelFormatError.unsupported(
            path: file.path, feature: "networks of more than \(Self.nodeLimit) nodes are")
        }
        nodes.append(try decode(range))
      case 2: name = String(decoding: file.bytes(in: range), as: UTF8.self)
      case 5: initializers.append(try readTensor(range))
      case 11: inputs.append(try decode(range))
      case 12: outputs.append(try decode(range))
      case 15:
        throw ModelFormatError.unsupported(path: file.path, feature: "sparse weights are")
      default: break
      }
    }
  }

  /// Reads a weight: all fields but its bytes are decoded.
  private func readTensor(_ range: Range<Int>) throws -> OnnxTensor {
    var description: [UInt8] = []
    var bytes: Range<Int>?
    var fields = ProtobufFields(range, of: file)
    while let field = try fields.next() {
      if field.number == 9, case .bytes(let range) = field.content {
        bytes = range
      } else {
        description += file.bytes(in: field.range)
      }
    }
    return OnnxTensor(
      description: try decode(description), bytes: bytes.map { .mapped(file, $0) }, modelPath: file.path)
  }

  private func decode<Message: SwiftProtobuf.Message>(_ range: Range<Int>) throws -> Message {
    try decode(file.bytes(in: range))
  }

  private func decode<Message: SwiftProtobuf.Message>(_ bytes: [UInt8]) throws -> Message {
    do {
      return try Message(serializedBytes: bytes, partial: true)
    } catch {
      throw ModelFormatError.damaged(path: file.path, reason: "a message cannot be decoded (\(error))")
    }
  }
}
