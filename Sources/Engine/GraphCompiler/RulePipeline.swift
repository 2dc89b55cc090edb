import Graphs

/// The rewrite rules in the order in which they are tried: first those that simplify, until none finds anything more, then
/// those that join whole blocks, whose parts no other rule sees any more.
public enum RulePipeline {
  /// The rules that simplify.
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

  /// The rules that join blocks.
  package static let blockRules: [any RewriteRule] = [FuseRowPipeline(), DeadCodeElimination()]

  /// The names of all rules, each once, in order.
  public static var ruleNames: [String] {
    let names = (rules + blockRules).map { type(of: $0).name }
    return names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
  }

  /// Rewrites a graph until no rule finds anything more.
  ///
  /// - Returns: The rewritten graph and the names of the rules that changed it, each once, in order.
  /// - Throws: What evaluating constant nodes throws.
  public static func optimize(_ graph: Graph) throws -> (graph: Graph, appliedRules: [String]) {
    var graph = graph
    var applied: Set<String> = []
    for group in [rules, blockRules] {
      while let rewritten = try applyOnce(group, to: graph, &applied) { graph = rewritten }
    }
    return (graph, ruleNames.filter(applied.contains))
  }

  /// Applies each rule as often as it finds something; returns nil when none does.
  ///
  /// Every rewriting removes nodes or operands, or exchanges an operator for one that no rule takes back, so that this ends.
  private static func applyOnce(_ rules: [any RewriteRule], to graph: Graph, _ applied: inout Set<String>)
    throws -> Graph?
  {
    var result: Graph?
    for rule in rules {
      while let rewritten = try rule.rewrite(result ?? graph) {
        result = rewritten
        applied.insert(type(of: rule).name)
      }
    }
    return result
  }
}
