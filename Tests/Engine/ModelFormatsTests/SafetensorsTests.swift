import Foundation
import ModelFormats
import Tensors
import Testing

@Suite struct SafetensorsTests {
  @Test func readsAFileOfTheReferenceImplementation() throws {
    let file = try Safetensors(path: fixture("reference.safetensors"))
    #expect(file.metadata == ["source": "numpy"])
    #expect(file.names.count == 8)
    #expect(file.shape(named: "empty") == [0, 4])
    #expect(try file.tensor(named: "matrix").elements(as: Float.self) == [0, 0.25, 0.5, 0.75, 1, 1.25])
    #expect(try file.tensor(named: "half").elements(as: Float16.self) == [0.5, -2, 65504])
    #expect(try file.float32Tensor(named: "half").elements(as: Float.self) == [0.5, -2, 65504])
    #expect(try file.tensor(named: "scalar").shape == [])
    #expect(try file.tensor(named: "flags").elements(as: Bool.self) == [true, false])
    #expect(try file.tensor(named: "long").elements(as: Int64.self) == [-1, 1 << 40])
    #expect(try file.tensor(named: "bytes").elements(as: UInt8.self) == [0, 255])
    #expect(try file.tensor(named: "quoted \"name\"\n").elements(as: Int32.self) == [7])
  }

  @Test func roundsFloat64() throws {
    let file = try Safetensors(path: fixture("float64.safetensors"))
    #expect(try file.float32Tensor(named: "double").elements(as: Float.self) == [0.1, .infinity])
    #expect(throws: ModelFormatError.self) { try file.tensor(named: "double") }
  }

  @Test func widensBfloat16() throws {
    let file = try Safetensors(path: fixture("bfloat16.safetensors"))
    #expect(throws: ModelFormatError.tensor(name: "brain", reason: "bfloat16 cannot be held as stored")) {
      try file.tensor(named: "brain")
    }
    let values = try file.float32Tensor(named: "brain").elements(as: Float.self)
    #expect(values[0] == 1 && values[1] == -3.5 && abs(values[2] / 1e30 - 1) < 1 / 256)
  }

  @Test func borrowsAlignedFloatsAndKeepsTheFileMapped() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/weights.safetensors"
      try Safetensors.write(["a": Tensor([3], elements: [1, 2, 3] as [Float])], to: path)
      var tensor = try Safetensors(path: path).tensor(named: "a")
      #expect(!tensor.storage.isWritable)
      try FileManager.default.removeItem(atPath: path)
      #expect(tensor.elements(as: Float.self) == [1, 2, 3])
      tensor.withUnsafeMutableBytes { $0.storeBytes(of: 9, as: Float.self) }
      #expect(tensor.elements(as: Float.self) == [9, 2, 3])
    }
  }

  @Test func saysWhatIsMissingOrOfAnotherType() throws {
    let path = fixture("reference.safetensors")
    let file = try Safetensors(path: path)
    #expect(throws: ModelFormatError.missingTensor(name: "nothing", path: path)) {
      try file.tensor(named: "nothing")
    }
    #expect(throws: ModelFormatError.tensor(name: "long", reason: "holds int64, not floating-point numbers"))
    {
      try file.float32Tensor(named: "long")
    }
  }

  // MARK: Writing

  @Test func writesTheSameBytesAsTheReferenceImplementation() throws {
    let path = fixture("reference.safetensors")
    let file = try Safetensors(path: path)
    let tensors = try Dictionary(uniqueKeysWithValues: file.names.map { ($0, try file.tensor(named: $0)) })
    try withTemporaryFolder { folder in
      try Safetensors.write(tensors, metadata: file.metadata, to: folder + "/copy")
      let copy = try Data(contentsOf: URL(fileURLWithPath: folder + "/copy"))
      #expect(copy == (try Data(contentsOf: URL(fileURLWithPath: path))))
    }
  }

  @Test func storesFloatsAsFloat16() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/half.safetensors"
      let tensors = [
        "a": Tensor([2], elements: [0.5, 1.0009766] as [Float]), "b": Tensor([1], elements: [3] as [Int64]),
      ]
      try Safetensors.write(tensors, floatType: .float16, to: path)
      let file = try Safetensors(path: path)
      #expect(try file.tensor(named: "a").elementType == .float16)
      #expect(try file.float32Tensor(named: "a").elements(as: Float.self) == [0.5, 1.0009766])
      #expect(try file.tensor(named: "b").elements(as: Int64.self) == [3])
      #expect(throws: ModelFormatError.self) {
        try Safetensors.write(["a": Tensor([1], elements: [70_000 as Float])], floatType: .float16, to: path)
      }
      #expect(throws: ModelFormatError.self) { try Safetensors.write(tensors, to: folder + "/absent/file") }
    }
  }

  // MARK: Hostile files

  @Test func refusesEveryTruncation() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("reference.safetensors")))
    try withTemporaryFolder { folder in
      for count in 0..<whole.count {
        let path = folder + "/cut"
        try whole.prefix(count).write(to: URL(fileURLWithPath: path))
        expectOneLineError("cut at byte \(count)") { _ = try Safetensors(path: path) }
      }
    }
  }

  @Test(arguments: [
    ("not JSON", "tensor", ""),
    ("an array", "[]", ""),
    ("nesting", String(repeating: "{\"a\":", count: 100_000), ""),
    ("nested arrays", #"{"a":{"dtype":"F32","shape":"# + String(repeating: "[", count: 100_000), ""),
    ("text behind", "{}{}", ""),
    ("bytes of no tensor", "{}", "1234"),
    ("no fields", #"{"a":{}}"#, ""),
    ("unknown field", #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1}}"#, "1"),
    ("unknown type", #"{"a":{"dtype":"Q7","shape":[1],"data_offsets":[0,1]}}"#, "1"),
    ("past the end", #"{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}"#, "1"),
    (
      "far past the end",
      #"{"a":{"dtype":"U8","shape":[9],"data_offsets":[9223372036854775798,9223372036854775807]}}"#, "1"
    ),
    ("backwards", #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}"#, "1"),
    ("wrong length", #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "1234"),
    ("negative dimension", #"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}"#, "1"),
    ("overflowing shape", #"{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, ""),
    (
      "overflowing shape of none",
      #"{"a":{"dtype":"U8","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}"#, ""
    ),
    (
      "overflowing integer", #"{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}"#, "1"
    ),
    ("leading zero", #"{"a":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}}"#, "1"),
    ("fraction", #"{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}"#, "1"),
    ("three offsets", #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}}"#, "1"),
    (
      "overlap",
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
      "123"
    ),
    (
      "gap",
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}"#,
      "123"
    ),
    (
      "one name twice",
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
      "12"
    ),
    (
      "escaped name twice",
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0061":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
      "12"
    ),
    ("half a surrogate", #"{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, "1"),
    ("metadata of numbers", #"{"__metadata__":{"a":1}}"#, ""),
    ("line break in a name", "{\"a\nb\":{}}", ""),
    ("escaped line break in an error", #"{"a\nb":{}}"#, ""),
  ])
  func refuses(_ what: String, header: String, data: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/hostile"
      try file(header: header, data: data).write(to: URL(fileURLWithPath: path))
      expectOneLineError(what) { _ = try Safetensors(path: path) }
    }
  }

  @Test func refusesHeaderLengthsBeyondTheFileAndTheLimit() throws {
    try withTemporaryFolder { folder in
      for length in [3, 100_000_001, UInt64.max, 1 << 63] as [UInt64] {
        let path = folder + "/length"
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
        try Data(bytes + Array("{}".utf8)).write(to: URL(fileURLWithPath: path))
        expectOneLineError("header length \(length)") { _ = try Safetensors(path: path) }
      }
      expectOneLineError("a folder") { _ = try Safetensors(path: folder) }
      expectOneLineError("absent") { _ = try Safetensors(path: folder + "/absent") }
    }
  }

  @Test func refusesInvalidUTF8() throws {
    try withTemporaryFolder { folder in
      var bytes = [UInt8](file(header: #"{"a?":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, data: "1"))
      bytes[11] = 0xFF
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/text"))
      expectOneLineError("0xFF in a name") { _ = try Safetensors(path: folder + "/text") }
    }
  }

  private func file(header: String, data: String) -> Data {
    let length = header.utf8.count
    return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }) + Data((header + data).utf8)
  }
}
