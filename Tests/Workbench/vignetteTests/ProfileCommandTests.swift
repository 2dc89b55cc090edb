import Foundation
import Testing

/// The verbs that measure and show models.
@Suite(.enabled(if: Program.isBuilt, "the program is not built"))
struct ProfileCommandTests {
  @Test func profilesTheDefaultModelOnAPhoto() throws {
    let result = try Program.run([
      "profile", "default", "--input", Program.sample("cat.png"), "--runs", "2", "--warm-up", "1",
      "--threads", "1",
      "--json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let layers = try #require(root["layers"] as? [[String: Any]])
    #expect(layers.count > 50)
    for key in ["name", "type", "kernel", "mean", "p50", "p95", "multiplyAdds"] {
      #expect(layers[0][key] != nil)
    }
    let rows = layers.reduce(0) { $0 + ($1["mean"] as? Double ?? .nan) }
    let endToEnd = try #require((root["endToEnd"] as? [String: Any])?["mean"] as? Double)
    let remainder = try #require((root["remainder"] as? [String: Any])?["mean"] as? Double)
    #expect(abs(rows + remainder - endToEnd) < 0.01 * endToEnd)
  }

  @Test func writesATraceAndComparesWithASavedProfile() async throws {
    try await Program.withFolder { folder in
      let trace = folder.appendingPathComponent("trace.json").path
      let first = try Program.run(["profile", "default", "--runs", "2", "--trace", trace, "--csv"])
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.output.hasPrefix("name,type,kernel,"))
      let data = try #require(FileManager.default.contents(atPath: trace))
      #expect(try JSONSerialization.jsonObject(with: data) is [String: Any])

      let saved = folder.appendingPathComponent("profile.json")
      let profile = try Program.run(["profile", "default", "--runs", "3", "--json"])
      try Data(profile.output.utf8).write(to: saved)
      let comparison = try Program.run(["compare", saved.path, saved.path])
      #expect(comparison.status == 0, "\(comparison.errors)")
      #expect(comparison.output.contains("end to end"))
      #expect(!comparison.output.contains("slower"))
    }
  }

  @Test func listsAndInspectsModels() throws {
    let models = try Program.run(["models", "--runs", "1", "--json"])
    #expect(models.status == 0, "\(models.errors)")
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(models.output.utf8)) as? [[String: Any]])
    #expect(list.contains { $0["name"] as? String == "click" && ($0["parameters"] as? Int ?? 0) > 1_000_000 })
    #expect(list.allSatisfy { ($0["licence"] as? String ?? "").hasPrefix("research only: ") })
    let table = try Program.run(["models", "--runs", "0"]).output.split(separator: "\n")
    #expect(table.count == list.count + 1 && table[0].hasPrefix("model "))
    let inspection = try Program.run(["inspect", "default"])
    #expect(inspection.status == 0)
    #expect(inspection.output.contains("passes      ") && inspection.output.contains("KiB for values"))
    let rows = inspection.output.split(separator: "\n").map(String.init)
    let title = try #require(rows.first { $0.hasPrefix("step  operator") })
    let column = title.prefix { $0 != "k" }.count
    #expect(
      rows.contains {
        $0.prefix(column).hasSuffix("  ") && $0.dropFirst(column).hasPrefix("f32_row_pipeline")
      })
  }
}
