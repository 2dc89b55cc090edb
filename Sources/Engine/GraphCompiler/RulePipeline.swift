import Graphs

/// The rewrite rules in the order in which they are tried.
public enum RulePipeline {
  /// The rules.
  package static let rules: [any RewriteRule] = [
    ConstantFolding(),
    RemoveNoOperations(),
    CombineReshapes(),
    CancelTransposes(),
    RecogniseGlobalPool(),
    RecogniseActivation(),
    FusePadding(),
    FoldBatchNormalization(),
    FoldChannelArithmetic(),
    MatrixProductToLinear(),
    FuseParametricRelu(),
    FuseResidualAdd(),
    FuseActivation(),
    ConvolveSubpixels(),
    DeadCodeElimination(),
  ]

  /// The names of all rules, in order.
  public static var ruleNames: [String] { rules.map { type(of: $0).name } }

  /// Rewrites a graph until no rule finds anything more.
  ///
  /// - Returns: The rewritten graph and the names of the rules that changed it, each once, in order.
  /// - Throws: What evaluating constant nodes throws.
  public static func optimize(_ graph: Graph) throws -> (graph: Graph, appliedRules: [String]) {
    var graph = graph
    var applied: Set<String> = []
    var isChanging = true
    while isChanging {
      isChanging = false
      for rule in rules {
        // Every rewriting removes nodes or operands, or exchanges an operator for one that no rule takes back, so
        // that this ends.
        while let rewritten = try rule.rewrite(graph) {
          graph = rewritten
          applied.insert(type(of: rule).name)
          isChanging = true
        }
      }
    }
    return (graph, ruleNames.filter(applied.contains))
  }
}
