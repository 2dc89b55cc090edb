import GraphCompiler
import Graphs
import ModelFormats
import Tensors

/// A network compiled for this machine. It never changes, and any number of sessions may share it and its weights.
///
///     var graph = Graph(name: "double")
///     let image = graph.addInput("image", ValueType([1, 3, 4, 4]))
///     let factor = graph.addConstant("factor", Tensor([1], elements: [2 as Float]))
///     graph.outputs = try graph.add(BinaryArithmetic(.multiply), [image, factor], name: "doubled")
///
///     let model = try Model(graph: graph)
///     let session = Session(model)
///     let results = try session.run(["image": Tensor([1, 3, 4, 4], repeating: 1.5 as Float)])
///     results["doubled"]  // 48 times 3
public final class Model: Sendable {
  /// The graph as given, before any rule.
  public let graph: Graph
  /// The graph that was compiled: `graph` after the rules.
  public let optimizedGraph: Graph
  /// The names of the rules that changed the graph, in the pipeline's order.
  public let appliedRules: [String]
  /// What the compiler was told.
  public let options: CompileOptions
  /// Kernels, places of values and sizes.
  public let plan: Plan

  /// Compiles a graph: applies the rewrite rules, chooses kernels, packs weights and plans the memory.
  ///
  /// - Throws: `GraphError` when the graph is not valid, `CompilerError` when the options do not fit it or it would need too
  ///   much memory.
  public init(graph: Graph, options: CompileOptions = CompileOptions()) throws {
    try graph.validate()
    self.graph = graph
    self.options = options
    (optimizedGraph, appliedRules) =
      options.appliesRules ? try RulePipeline.optimize(graph) : (graph, [])
    plan = try Plan(optimizedGraph, options: options)
  }

  /// Reads and compiles a model file.
  ///
  /// - Parameters:
  ///   - path: A file in ONNX or TFLite format, by the end of its name.
  ///   - shapes: Shapes of inputs, by name, where the file leaves dimensions open.
  ///   - options: What the compiler may do.
  /// - Throws: `InferenceError.format` for other formats, `ModelFormatError` for a damaged file or one with operators the
  ///   engine does not know, `GraphError` when its graph is not valid.
  public static func load(
    _ path: String, shapes: [String: Shape] = [:], options: CompileOptions = CompileOptions()
  ) throws -> Model {
    let graph =
      if path.hasSuffix(".onnx") {
        try OnnxImporter.graph(from: path, shapes: shapes)
      } else if path.hasSuffix(".tflite") {
        try TFLiteImporter.graph(from: path, shapes: shapes)
      } else {
        throw InferenceError.format(path: path)
      }
    return try Model(graph: graph, options: options)
  }

  /// The inputs each run is given, in order.
  public var inputs: [(name: String, type: ValueType)] { plan.inputs.map { ($0.name, $0.type) } }

  /// The outputs each run returns, in order.
  public var outputs: [(name: String, type: ValueType)] { plan.outputs.map { ($0.name, $0.type) } }

  /// The number of weights of the graph as given.
  public var parameterCount: Int { graph.parameterCount }

  /// The cost of one run of the graph as given.
  public var cost: Cost { graph.cost }
}
