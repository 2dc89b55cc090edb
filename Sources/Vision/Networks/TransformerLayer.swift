import Graphs
import Tensors

/// A transformer layer with normalisation in front (Xiong et al., 2020): self-attention, then a perceptron of one
/// hidden layer, each added to what it was given. Without positional encoding.
struct TransformerLayer {
  /// The number of attention heads, which share the width.
  var heads: Int
  /// The width of the perceptron's hidden layer.
  var hidden: Int
}

extension NetworkBuilder {
  /// Adds a transformer layer over rows of tokens `[count, width]`.
  ///
  /// Its parts are `PATH.attention_norm`, `.query_key_value`, `.attention_output`, `.mlp_norm`, `.mlp_expand` and
  /// `.mlp_project`.
  mutating func transformerLayer(_ tokens: ValueID, _ path: String, _ layer: TransformerLayer) throws
    -> ValueID
  {
    let width = shape(of: tokens)[1]
    let mixed = try attention(
      layerNormalization(tokens, "\(path).attention_norm"), path, heads: layer.heads)
    let attended = try add(
      linear(mixed, "\(path).attention_output", to: width), tokens, "\(path).attention_add")
    let hidden = try linear(
      layerNormalization(attended, "\(path).mlp_norm"), "\(path).mlp_expand", to: layer.hidden,
      activation: .relu)
    return try add(linear(hidden, "\(path).mlp_project", to: width), attended, "\(path).mlp_add")
  }

  /// Adds scaled dot-product attention of each head among the tokens.
  private mutating func attention(_ tokens: ValueID, _ path: String, heads: Int) throws -> ValueID {
    let count = shape(of: tokens)[0]
    let width = shape(of: tokens)[1]
    let headWidth = width / heads
    let joined = try queryKeyValue(tokens, "\(path).query_key_value", headWidth: headWidth)
    // [count, 3 * width] to [3, heads, count, headWidth]; queries, keys and values are the parts of the first axis.
    let parted = try apply(Reshape(shape: [count, 3, heads, headWidth]), [joined], "\(path).part")
    let headed = try apply(Transpose(permutation: [1, 2, 0, 3]), [parted], "\(path).to_heads")
    let parts = try applyAll(Split(axis: 0, sizes: [1, 1, 1]), [headed], "\(path).split")
    let keys = try apply(Transpose(permutation: [0, 1, 3, 2]), [parts[1]], "\(path).keys")
    let scores = try apply(MatrixProduct(), [parts[0], keys], "\(path).scores")
    let shares = try apply(Softmax(axis: -1), [scores], "\(path).softmax")
    let mixed = try apply(MatrixProduct(), [shares, parts[2]], "\(path).mix")
    let rows = try apply(Transpose(permutation: [0, 2, 1, 3]), [mixed], "\(path).from_heads")
    return try apply(Reshape(shape: [count, width]), [rows], "\(path).join")
  }

  /// Adds the linear layer that makes queries, keys and values; the queries' scale is part of its weights.
  private mutating func queryKeyValue(_ tokens: ValueID, _ path: String, headWidth: Int) throws -> ValueID {
    let width = shape(of: tokens)[1]
    let scale = 1 / Float(headWidth).squareRoot()
    func withScaledQueries(_ tensor: Tensor) -> Tensor {
      var elements = tensor.elements(as: Float.self)
      for index in 0..<elements.count / 3 { elements[index] *= scale }
      return Tensor(tensor.shape, elements: elements)
    }
    let weight = try addWeight("\(path).weight", [3 * width, width], changedBy: withScaledQueries)
    let bias = try addWeight("\(path).bias", [3 * width], changedBy: withScaledQueries)
    return try apply(Linear(transposesRight: true), [tokens, weight, bias], path)
  }
}
