import Tensors

/// A safetensors file, opened by mapping it.
///
///     let weights = try Safetensors(path: "network.safetensors")
///     let stem = try weights.float32Tensor(named: "stem.weight")
///
/// Opening reads the header alone. Tensors borrow the mapping where their bytes are aligned for their type, and
/// keep it alive. The format is described at https://github.com/huggingface/safetensors.
public struct Safetensors: Sendable {
  /// Where the file was opened.
  public let path: String
  /// The free text that the file carries, by name.
  public let metadata: [String: String]
  /// The names of the tensors in the order of their bytes.
  public let names: [String]
  private let tensors: [String: StoredTensor]

  /// Opens a file and validates its header: every type, shape and offset.
  ///
  /// - Throws: `ModelFormatError` when the file cannot be opened or breaks the format.
  public init(path: String) throws {
    let header = try SafetensorsHeader(of: MappedFile(path))
    self.path = path
    self.metadata = header.metadata
    self.names = header.tensors.map(\.name)
    // Names are unique: the header's reader refuses a repeated one.
    self.tensors = Dictionary(uniqueKeysWithValues: header.tensors.map { ($0.name, $0.tensor) })
  }

  /// Returns the shape of a tensor, or nil when the file has no tensor of that name.
  public func shape(named name: String) -> Shape? { tensors[name]?.shape }

  /// Returns a tensor as stored; float32 that is aligned is not copied.
  ///
  /// - Throws: `ModelFormatError.missingTensor`, or `.tensor` for numbers that tensors cannot hold as stored
  ///   (float64, bfloat16, 16-bit and large unsigned integers).
  public func tensor(named name: String) throws(ModelFormatError) -> Tensor {
    let stored = try storedTensor(named: name)
    guard let tensor = stored.asStored() else {
      throw .tensor(name: name, reason: "\(stored.type.rawValue) cannot be held as stored")
    }
    return tensor
  }

  /// Returns a tensor as float32: not copied when it is stored so and aligned, widened from float16 and bfloat16,
  /// rounded from float64.
  ///
  /// - Throws: `ModelFormatError.missingTensor`, or `.tensor` when the tensor does not hold floating-point numbers.
  public func float32Tensor(named name: String) throws(ModelFormatError) -> Tensor {
    let stored = try storedTensor(named: name)
    guard stored.type.isFloatingPoint else {
      throw .tensor(name: name, reason: "holds \(stored.type.rawValue), not floating-point numbers")
    }
    return stored.computed()
  }

  private func storedTensor(named name: String) throws(ModelFormatError) -> StoredTensor {
    guard let stored = tensors[name] else { throw .missingTensor(name: name, path: path) }
    return stored
  }
}
