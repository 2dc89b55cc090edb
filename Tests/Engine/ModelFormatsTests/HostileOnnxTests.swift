import Foundation
import ModelFormats
import Testing

/// Models that are damaged, absurd or meant to do harm: each gives one line, none a crash.
@Suite struct HostileOnnxTests {
  /// The models of `Fixtures/hostile` and a part of what must be said about each.
  static let reasons: [(model: String, reason: String)] = [
    ("unknown_operator", "operator Frobnicate (node Frobnicate_0, operator set 13) is not supported"),
    ("unknown_domain", "operator Relu of domain com.example"),
    ("operator_set_6", "operator set 6 is not supported"),
    ("operator_set_99", "one of 7 to 25"),
    ("cycle", "node Add_0 reads b, which nothing before it writes"),
    ("missing_value", "node Add_0 reads nothing"),
    ("missing_output", "the output reads y"),
    ("no_outputs", "no outputs"),
    ("duplicate_value", "two values are named y"),
    ("duplicate_weight", "two values are named w"),
    ("duplicate_output", "two values are named y"),
    ("duplicate_input", "two values are named x"),
    ("weight_too_short", "tensor w: 23 bytes"),
    ("weight_negative", "tensor w: shape [2, -3, 1, 1] is not valid"),
    ("weight_overflow", "tensor w: shape"),
    ("weight_overflow_of_none", "tensor w: shape"),
    ("weight_strings", "tensor w: numbers of ONNX type 8"),
    ("weight_list_too_short", "tensor w: 1 numbers"),
    ("huge_constant", "too large"),
    ("huge_range", "too large"),
    ("huge_tile", "Tile_0"),
    ("huge_resize", "Resize_0"),
    ("huge_input", "too large"),
    ("huge_padding", "pads is"),
    ("huge_stride", "strides is"),
    ("zero_groups", "groups is 0"),
    ("division_by_zero", "Div_0"),
    ("remainder_by_zero", "divides by zero"),
    ("far_axis", "axis is 4611686018427387904"),
    ("far_index", "outside of the 1"),
    ("attribute_of_another_type", "the attribute axis is of another type"),
    ("too_few_operands", "operand 2 is missing"),
    ("shape_at_run_time", "computed at run time"),
    ("dynamic_input", "--shape x=1x3xSIZExSIZE"),
    ("line_break_in_name", "operator Bad?Operator?[2J"),
    ("nested_graphs", "cannot be decoded"),
    ("external_outside", "not inside the model's folder"),
    ("external_absolute", "not inside the model's folder"),
    ("external_absent", "cannot open"),
    ("external_folder", "not inside the model's folder"),
    ("external_past_end", "are not within"),
    ("external_negative", "-8 is no place in a file"),
    ("external_overflow", "are not within"),
  ]

  @Test(arguments: reasons)
  func saysWhatIsWrong(_ model: String, _ reason: String) {
    expectOneLineError(model, containing: reason) {
      _ = try OnnxImporter.graph(from: fixture("hostile/\(model).onnx"))
    }
  }

  @Test func everyHostileModelIsTested() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture("hostile"))
    #expect(Set(files) == Set(Self.reasons.map { "\($0.model).onnx" }))
  }

  @Test func followsNoSymbolicLinkOutOfTheFolder() throws {
    try withTemporaryFolder { folder in
      let model = try Data(contentsOf: URL(fileURLWithPath: fixture("hostile/external_absent.onnx")))
      try model.write(to: URL(fileURLWithPath: folder + "/model.onnx"))
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/nothing.bin", withDestinationPath: fixture("expected.safetensors"))
      expectOneLineError("symbolic link", containing: "not inside the model's folder") {
        _ = try OnnxImporter.graph(from: folder + "/model.onnx")
      }
    }
  }

  @Test(arguments: ["residual_block", "old_attributes", "weight_types"])
  func refusesEveryTruncation(of model: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("models/\(model).onnx")))
    try withTemporaryFolder { folder in
      for count in 0..<whole.count {
        try importing(whole.prefix(count), in: folder, "\(model) cut at byte \(count)", mayWork: false)
      }
    }
  }

  @Test(arguments: ["residual_block", "old_attributes", "reshape_resize"], [0xFF, 0x01] as [UInt8])
  func survivesEveryChangedByte(of model: String, _ mask: UInt8) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("models/\(model).onnx")))
    try withTemporaryFolder { folder in
      for index in whole.indices {
        var changed = whole
        changed[index] ^= mask
        try importing(changed, in: folder, "\(model), byte \(index) ^ \(mask)", mayWork: true)
      }
    }
  }

  /// Imports `bytes` as a model and expects an error, or, when it may work, an error or a graph.
  private func importing(_ bytes: Data, in folder: String, _ what: String, mayWork: Bool) throws {
    let path = folder + "/model.onnx"
    try bytes.write(to: URL(fileURLWithPath: path))
    if mayWork, (try? OnnxImporter.graph(from: path)) != nil { return }
    expectOneLineError(what) { _ = try OnnxImporter.graph(from: path) }
  }
}
