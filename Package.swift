// swift-tools-version: 6.1
import Foundation
import PackageDescription

// Targets are declared in layers, lowest first; a target may depend only on layers above it in this file.
// `ImportsTests` reads the sources and fails on an arrow that points the other way.

let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

/// A Swift target at `Sources/<group>/<name>`, with its tests at `Tests/<group>/<name>Tests`.
struct Module {
  var group: String
  var name: String
  var dependencies: [Target.Dependency] = []
  var testDependencies: [Target.Dependency] = []
  var resources: [Resource] = []
  var isExecutable = false

  var path: String { "Sources/\(group)/\(name)" }
  var testPath: String { "Tests/\(group)/\(name)Tests" }
}

let modules: [Module] = [
  // The inference engine.
  Module(group: "Engine", name: "Tensors"),
  Module(group: "Engine", name: "Graphs", dependencies: ["Tensors"]),
  Module(group: "Engine", name: "ComputeKernels", dependencies: ["Tensors", "CKernels", "COpenBLAS"]),
  Module(
    group: "Engine", name: "ModelFormats",
    dependencies: ["Tensors", "Graphs", .product(name: "SwiftProtobuf", package: "swift-protobuf")]),
  Module(group: "Engine", name: "GraphCompiler", dependencies: ["Tensors", "Graphs", "ComputeKernels"]),
  Module(
    group: "Engine", name: "InferenceEngine",
    dependencies: ["Tensors", "Graphs", "ComputeKernels", "ModelFormats", "GraphCompiler"],
    testDependencies: ["CAllocationCounter"]),
  Module(
    group: "Engine", name: "engine-bench",
    dependencies: ["InferenceEngine", .product(name: "ArgumentParser", package: "swift-argument-parser")],
    isExecutable: true),

  // Images and what networks see in them.
  Module(group: "Vision", name: "Images", dependencies: ["CPNG", "CTurboJPEG"]),
  Module(
    group: "Vision", name: "Networks",
    dependencies: ["InferenceEngine", "Graphs", "Tensors", "ModelFormats"],
    resources: [.copy("Weights")]),
  Module(
    group: "Vision", name: "VisionTasks", dependencies: ["Images", "Networks", "InferenceEngine", "Tensors"]),
  Module(group: "Vision", name: "Annotations", dependencies: ["Images", "VisionTasks"]),
  Module(group: "Vision", name: "Evaluation", dependencies: ["Images", "VisionTasks"]),

  // The terminal; knows nothing of models.
  Module(group: "Terminal", name: "TerminalScreen", dependencies: ["CNCurses"]),
  Module(group: "Terminal", name: "TerminalGraphics", dependencies: ["TerminalScreen", "CSixel"]),
  Module(group: "Terminal", name: "TerminalWidgets", dependencies: ["TerminalScreen"]),

  // The application.
  Module(
    group: "Workbench", name: "WorkbenchCore",
    dependencies: [
      "Images", "VisionTasks", "Annotations", "InferenceEngine", "TerminalScreen",
      .product(name: "TOMLKit", package: "TOMLKit"),
    ]),
  Module(
    group: "Workbench", name: "WorkbenchPanes",
    dependencies: ["WorkbenchCore", "Images", "TerminalScreen", "TerminalGraphics", "TerminalWidgets"]),
  Module(
    group: "Workbench", name: "vignette",
    dependencies: [
      "WorkbenchCore", "WorkbenchPanes", "TerminalScreen", "TerminalGraphics", "Images", "Networks",
      "VisionTasks",
      "Annotations", "Evaluation", "InferenceEngine", "ComputeKernels",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    isExecutable: true),
]

let systemLibraries: [Target] = [
  .systemLibrary(name: "CNCurses", path: "Sources/CLibraries/CNCurses"),
  .systemLibrary(name: "CSixel", path: "Sources/CLibraries/CSixel", pkgConfig: "libsixel"),
  .target(name: "CPNG", path: "Sources/CLibraries/CPNG", linkerSettings: [.linkedLibrary("png")]),
  .systemLibrary(name: "CTurboJPEG", path: "Sources/CLibraries/CTurboJPEG", pkgConfig: "libturbojpeg"),
  .systemLibrary(name: "COpenBLAS", path: "Sources/CLibraries/COpenBLAS"),
  .target(name: "CKernels", path: "Sources/CLibraries/CKernels"),
  .target(name: "CAllocationCounter", path: "Tests/Engine/CAllocationCounter"),
]

func exists(_ path: String?) -> Bool {
  guard let path else { return false }
  return FileManager.default.fileExists(atPath: packageRoot.appendingPathComponent(path).path)
}

extension Module {
  /// The dependencies without those on modules whose folder does not exist yet.
  var presentDependencies: [Target.Dependency] {
    dependencies.filter { dependency in
      guard case .byNameItem(let name, _) = dependency,
        let module = modules.first(where: { $0.name == name })
      else { return true }
      return exists(module.path)
    }
  }
}

let targets: [Target] =
  systemLibraries.filter { exists($0.path) }
  + modules.filter { exists($0.path) }.flatMap { module -> [Target] in
    let target: Target =
      module.isExecutable
      ? .executableTarget(name: module.name, dependencies: module.presentDependencies, path: module.path)
      : .target(
        name: module.name, dependencies: module.presentDependencies, path: module.path,
        resources: exists("\(module.path)/Weights") ? module.resources : [])
    guard exists(module.testPath) else { return [target] }
    let tests: Target = .testTarget(
      name: "\(module.name)Tests",
      dependencies: module.presentDependencies + module.testDependencies
        + (module.isExecutable ? [] : [.target(name: module.name)]),
      path: module.testPath, resources: exists("\(module.testPath)/Fixtures") ? [.copy("Fixtures")] : [])
    return [target, tests]
  }

let architectureTests: [Target] = [.testTarget(name: "ArchitectureTests", path: "Tests/ArchitectureTests")]

let package = Package(
  name: "vignette",
  products: exists("Sources/Engine/InferenceEngine")
    ? [.library(name: "InferenceEngine", targets: ["InferenceEngine"])] : [],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: targets + architectureTests,
  swiftLanguageModes: [.v6]
)
