// swift-tools-version: 6.1
import PackageDescription

// Targets are declared in layers, lowest first; a target may depend only on layers above it in this file.
// `ImportsTests` reads the sources and fails on an arrow that points the other way.

/// A Swift target at `Sources/<group>/<name>`, with its tests at `Tests/<group>/<name>Tests`.
///
/// What a module has is said here and not found on disk: SwiftPM keeps the evaluated manifest as long as its text
/// stays the same.
struct Module {
  var group: String
  var name: String
  var dependencies: [Target.Dependency] = []
  var testDependencies: [Target.Dependency] = []
  var resources: [Resource] = []
  var isExecutable = false
  var hasTests = true
  /// Whether the tests read a folder `Fixtures`.
  var hasFixtures = false

  var path: String { "Sources/\(group)/\(name)" }
  var testPath: String { "Tests/\(group)/\(name)Tests" }
}

let modules: [Module] = [
  // The inference engine.
  Module(group: "Engine", name: "Tensors"),
  Module(group: "Engine", name: "Graphs", dependencies: ["Tensors"], hasFixtures: true),
  Module(group: "Engine", name: "ComputeKernels", dependencies: ["Tensors", "CKernels", "COpenBLAS"]),
  Module(
    group: "Engine", name: "ModelFormats",
    dependencies: ["Tensors", "Graphs", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
    hasFixtures: true),
  Module(group: "Engine", name: "ReaderFuzzing", dependencies: ["ModelFormats", "Graphs"]),
  Module(group: "Engine", name: "GraphCompiler", dependencies: ["Tensors", "Graphs", "ComputeKernels"]),
  Module(
    group: "Engine", name: "InferenceEngine",
    dependencies: ["Tensors", "Graphs", "ComputeKernels", "ModelFormats", "GraphCompiler"],
    testDependencies: ["CAllocationCounter"]),
  Module(
    group: "Engine", name: "Profiling",
    dependencies: ["InferenceEngine", "ComputeKernels", "Graphs", "Tensors"], hasFixtures: true),
  Module(
    group: "Engine", name: "engine-bench",
    dependencies: [
      "InferenceEngine", "ModelFormats", "Profiling", "Tensors",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    isExecutable: true, hasTests: false),
  Module(
    group: "Engine", name: "engine-conformance",
    dependencies: ["InferenceEngine", "ModelFormats", "Graphs", "Tensors"], isExecutable: true,
    hasTests: false),

  // Images and what networks see in them.
  Module(
    group: "Vision", name: "Images", dependencies: ["ComputeKernels", "CPNG", "CTurboJPEG"],
    hasFixtures: true),
  Module(
    group: "Vision", name: "Networks",
    dependencies: ["InferenceEngine", "Graphs", "Tensors", "ModelFormats"],
    resources: [.copy("Weights")], hasFixtures: true),
  Module(
    group: "Vision", name: "VisionTasks", dependencies: ["Images", "Networks", "InferenceEngine", "Tensors"]),
  Module(
    group: "Vision", name: "Annotations",
    dependencies: ["Images", "VisionTasks", .product(name: "TOMLKit", package: "TOMLKit")],
    hasFixtures: true),
  Module(
    group: "Vision", name: "AnnotationFormats", dependencies: ["Annotations", "Images", "VisionTasks"],
    hasFixtures: true),
  Module(group: "Vision", name: "Evaluation", dependencies: ["Images", "VisionTasks"]),

  // The terminal; knows nothing of models.
  Module(group: "Terminal", name: "TerminalScreen", dependencies: ["CNCurses"]),
  Module(
    group: "Terminal", name: "TerminalGraphics",
    dependencies: ["TerminalScreen", "CSixel", "CPNG", "CTurboJPEG"]),
  Module(group: "Terminal", name: "TerminalWidgets", dependencies: ["TerminalScreen"]),

  // The application.
  Module(
    group: "Workbench", name: "WorkbenchCore",
    dependencies: [
      "Images", "VisionTasks", "Annotations", "AnnotationFormats", "InferenceEngine", "Profiling",
      "TerminalScreen",
      "TerminalWidgets",
      .product(name: "TOMLKit", package: "TOMLKit"),
    ]),
  Module(
    group: "Workbench", name: "InputFuzzing",
    dependencies: ["WorkbenchCore", "AnnotationFormats", "Annotations", "Images"], hasFixtures: true),
  Module(
    group: "Workbench", name: "WorkbenchPanes",
    dependencies: [
      "WorkbenchCore", "Images", "VisionTasks", "Annotations", "Profiling", "TerminalScreen",
      "TerminalGraphics", "TerminalWidgets",
    ], hasFixtures: true),
  Module(
    group: "Workbench", name: "vignette",
    dependencies: [
      "WorkbenchCore", "WorkbenchPanes", "TerminalScreen", "TerminalGraphics", "Images", "Networks",
      "VisionTasks",
      "Annotations", "AnnotationFormats", "Evaluation", "InferenceEngine", "ComputeKernels", "Profiling",
      "Graphs", "Tensors",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    isExecutable: true),
]

let libraries: [Target] = [
  .systemLibrary(name: "CNCurses", path: "Sources/CLibraries/CNCurses"),
  .systemLibrary(name: "CSixel", path: "Sources/CLibraries/CSixel", pkgConfig: "libsixel"),
  .target(name: "CPNG", path: "Sources/CLibraries/CPNG", linkerSettings: [.linkedLibrary("png")]),
  .systemLibrary(name: "CTurboJPEG", path: "Sources/CLibraries/CTurboJPEG", pkgConfig: "libturbojpeg"),
  .systemLibrary(name: "COpenBLAS", path: "Sources/CLibraries/COpenBLAS"),
  .target(name: "CKernels", path: "Sources/CLibraries/CKernels"),
  .target(name: "CAllocationCounter", path: "Tests/Engine/CAllocationCounter"),
]

/// What tests of several modules share.
let testSupport: Target = .target(
  name: "TestSupport", dependencies: ["CPNG"], path: "Tests/TestSupport")

let targets: [Target] =
  libraries
  + modules.flatMap { module -> [Target] in
    let target: Target =
      module.isExecutable
      ? .executableTarget(name: module.name, dependencies: module.dependencies, path: module.path)
      : .target(
        name: module.name, dependencies: module.dependencies, path: module.path,
        resources: module.resources)
    guard module.hasTests else { return [target] }
    let tests: Target = .testTarget(
      name: "\(module.name)Tests",
      dependencies: module.dependencies + module.testDependencies + ["TestSupport"]
        + (module.isExecutable ? [] : [.target(name: module.name)]),
      path: module.testPath, resources: module.hasFixtures ? [.copy("Fixtures")] : [])
    return [target, tests]
  }

let architectureTests: [Target] = [.testTarget(name: "ArchitectureTests", path: "Tests/ArchitectureTests")]

let package = Package(
  name: "vignette",
  products: [.library(name: "InferenceEngine", targets: ["InferenceEngine"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [testSupport] + targets + architectureTests,
  swiftLanguageModes: [.v6]
)
