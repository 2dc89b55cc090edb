import Foundation
import Testing

/// Reads the manifest and the sources: imports follow the layers, downward only.
@Suite struct ImportsTests {
  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A Swift target as the manifest lists it.
  struct Module: CustomTestStringConvertible {
    var group: String
    var name: String
    var testDescription: String { "\(group)/\(name)" }
  }

  /// The groups that the modules of a group may import from.
  static let groupsBelow: [String: Set<String>] = [
    "Engine": ["Engine"],
    "Vision": ["Engine", "Vision"],
    "Terminal": ["Terminal"],
    "Workbench": ["Engine", "Vision", "Terminal", "Workbench"],
  ]

  /// Returns the manifest's modules, lowest first.
  static func modules() throws -> [Module] {
    let manifest = try String(
      contentsOf: packageRoot.appendingPathComponent("Package.swift"), encoding: .utf8)
    return manifest.matches(of: /group: "(\w+)", name: "([\w-]+)"/).map {
      Module(group: String($0.1), name: String($0.2))
    }
  }

  /// Returns the modules that the Swift files below `directory` import, with the file of each.
  static func imports(below directory: URL) throws -> [(file: String, module: String)] {
    let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
    return try (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.flatMap { file in
      let pattern = /^(?:(?:public|package|internal|private|fileprivate|@\w+) )*import (?:\w+ )?(\w+)/
      return try String(contentsOf: file, encoding: .utf8).matches(of: pattern.anchorsMatchLineEndings())
        .map { (file.lastPathComponent, String($0.1)) }
    }
  }

  @Test func manifestListsModules() throws {
    #expect(try Self.modules().contains { $0.name == "Tensors" })
  }

  @Test(arguments: try modules())
  func importsPointDown(_ module: Module) throws {
    let modules = try Self.modules()
    let place = try #require(modules.firstIndex { $0.name == module.name })
    let groups = try #require(Self.groupsBelow[module.group], "\(module.group) is not a group of the design")
    let directory = Self.packageRoot.appendingPathComponent("Sources/\(module.group)/\(module.name)")
    for (file, imported) in try Self.imports(below: directory) {
      guard let other = modules.firstIndex(where: { $0.name == imported }) else { continue }
      #expect(
        other < place,
        "\(module.name)/\(file) imports \(imported), which the manifest lists above \(module.name)")
      #expect(
        groups.contains(modules[other].group),
        "\(module.name)/\(file) imports \(imported): \(module.group) must not know \(modules[other].group)")
    }
  }
}
