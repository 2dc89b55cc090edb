import Foundation
import Images
import Testing

@Suite(
  .enabled(if: Program.isBuilt, "the program is not built"))
struct SegmentCommandTests {
  private struct Report: Decodable {
    struct Latency: Decodable { var encode, network, mask: Double }
    var width, height, area: Int
    var boundingBox: [Int]
    var predictedIoU: Double
    var latency: Latency
    var mask: String
  }

  private let sample = SampleObject.coffee

  @Test func writesAMaskAndDescribesIt() async throws {
    try await Program.withFolder { folder in
      let mask = folder.appendingPathComponent("mask.png").path
      let photo = try ImageFile.load(Program.sample(sample.file))
      let arguments = [
        "segment", Program.sample(sample.file), "--point", "\(sample.inside.x),\(sample.inside.y)",
        "--output",
        mask, "--json",
      ]
      let result = try Program.run(arguments)
      try #require(result.status == 0, "\(result.errors)")
      #expect(result.errors.isEmpty)
      let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
      #expect(report.width == photo.width && report.height == photo.height)
      #expect(report.mask == mask)
      #expect((0...1).contains(report.predictedIoU))
      #expect(report.latency.network > 0)

      let written = try ImageFile.load(mask)
      #expect(written.width == photo.width && written.height == photo.height)
      var (area, left, top, right, bottom) = (0, Int.max, Int.max, -1, -1)
      for y in 0..<written.height {
        for x in 0..<written.width where written[x, y].red >= 128 {
          area += 1
          (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
        }
      }
      #expect(report.area == area)
      #expect(report.boundingBox == [left, top, right - left + 1, bottom - top + 1])
      #expect(sample.objectPoints.allSatisfy { written[Int($0.x), Int($0.y)].red >= 128 })
      #expect(sample.otherPoints.allSatisfy { written[Int($0.x), Int($0.y)].red < 128 })

      let again = try Program.run(arguments)
      #expect(again.status == 73, "the file is not overwritten")
      #expect(again.errors.contains("exists already"))
      #expect(try Program.run(arguments + ["--force"]).status == 0)
    }
  }

  @Test func keysOfTheReportAreInOrder() throws {
    let result = try Program.run([
      "segment", Program.sample(sample.file), "--box", "150,40,480,320", "--json",
    ])
    try #require(result.status == 0, "\(result.errors)")
    let keys = result.output.split(separator: "\n").filter { $0.hasPrefix("  \"") }
      .map { $0.split(separator: "\"")[1] }
    #expect(keys == ["area", "boundingBox", "height", "latency", "mask", "predictedIoU", "width"])
    #expect(result.output.contains("\"mask\" : null"))
  }
}
