/// Turns a node of an ONNX file into operators of the graph, or into constants, and returns the node's results.
///
/// It may throw `GraphError`s; the importer adds the node's name.
typealias OnnxConverter = @Sendable (OnnxNode, inout OnnxGraphBuilder) throws -> [OnnxOperand]

/// The ONNX operators that the importer knows, in groups of one file each.
///
/// What an operator means is written at https://onnx.ai/onnx/operators.
enum OnnxOperators {
  /// The converter for each operator.
  static let converters: [String: OnnxConverter] = {
    let groups = [
      activations, arithmetic, attentions, casts, comparisons, constants, convolutions, dataDependent,
      indexing,
      integerProducts, joining, logic, matrixProducts, normalizations, padding, poolings, quantization,
      recurrent, reductions, reshaping, resizing, sampling, slicing, softmaxes, unaryFunctions, windows,
    ]
    return groups.reduce(into: [:]) { table, group in
      table.merge(group) { _, _ in preconditionFailure("An operator stands in two groups") }
    }
  }()
}
