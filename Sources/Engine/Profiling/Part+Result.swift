import InferenceEngine

extension ModelProfiler.Part {
  /// Returns the result of one layer, by a run of its own.
  ///
  /// - Parameter layer: A name as profiles have it.
  /// - Throws: `InferenceError`, and what compiling throws.
  public func result(of layer: String) throws -> Tensor {
    let results = try Session(try model.revealing(layer)).run(completeInputs)
    guard let result = results[Model.revealedName] else {
      throw InferenceError.unknownName(layer, kind: "layer", known: [])
    }
    return result
  }
}
