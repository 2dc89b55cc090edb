import Graphs

/// A change of a graph that keeps what it computes.
///
/// A rule is a pure function. It rewrites every place it finds in one pass; `RulePipeline` repeats the rules until none
/// finds another.
package protocol RewriteRule: Sendable {
  /// The rule's name as `RulePipeline` reports it.
  static var name: String { get }

  /// Returns the rewritten graph, or nil when there is nothing to rewrite.
  func rewrite(_ graph: Graph) throws -> Graph?
}
