import Foundation
import Testing

@Suite(.enabled(if: Program.isBuilt, "the program is not built"))
struct WhatIfCommandTests {
  @Test func predictsAndMeasuresASmallerInput() throws {
    let result = try Program.run([
      "what-if", "default", "--resolution", "0.5", "--runs", "3", "--threads", "1", "--json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let (base, predicted) = (
      try #require(root["base"] as? Double), try #require(root["predicted"] as? Double)
    )
    let measured = try #require(root["measured"] as? Double)
    #expect(predicted < base && measured < base)
  }

  @Test(arguments: [["--resolution", "0"], ["--width", "nonsense"], ["--threads", "0"]])
  func refusesSizesThatCannotBe(arguments: [String]) throws {
    #expect(try Program.run(["what-if", "default"] + arguments).status == 64)
  }

  @Test func comparesInstructionSets() throws {
    let result = try Program.run([
      "compare", "default", "default", "--isa", "portable", "--runs", "2", "--threads", "1",
    ])
    #expect(result.status == 0 && result.output.contains("portable"), "\(result.errors)")
    #expect(try Program.run(["compare", "default", "default", "--isa", "mmx"]).status == 64)
  }
}
