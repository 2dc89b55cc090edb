import SwiftProtobuf
import Tensors

/// Reads files that hold one ONNX tensor, as the test suite of the format has them.
public enum OnnxTensorFile {
  /// A tensor and how exact the file's numbers are.
  public struct Contents: Sendable {
    /// The tensor, in the type that graphs compute in.
    public var tensor: Tensor
    /// The distance of neighbouring floating-point numbers near one in the file's type; zero for integers.
    public var precision: Double
  }

  /// Reads a file.
  ///
  /// - Throws: `ModelFormatError` when it cannot be opened, or holds no tensor of a type that graphs compute in.
  public static func read(_ path: String) throws -> Contents {
    let file = try MappedFile(path)
    let message: Onnx_TensorProto
    do {
      message = try Onnx_TensorProto(serializedBytes: file.bytes(in: 0..<file.byteCount))
    } catch {
      throw ModelFormatError.damaged(path: path, reason: "it is no tensor (\(error))")
    }
    guard let type = StoredType(onnx: message.dataType) else {
      throw ModelFormatError.tensor(
        name: message.name, reason: "numbers of ONNX type \(message.dataType) are not supported")
    }
    var externalData = ExternalData(modelPath: path)
    let tensor = try OnnxTensor(message, modelPath: path).tensor(externalData: &externalData)
    let precision =
      switch type {
      case .float64, .float32: Double(Float.ulpOfOne)
      case .float16: Double(Float16.ulpOfOne)
      case .bfloat16: 1.0 / 128
      default: 0.0
      }
    return Contents(tensor: tensor, precision: precision)
  }
}
