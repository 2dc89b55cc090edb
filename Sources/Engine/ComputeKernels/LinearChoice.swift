import Tensors

/// What could compute a linear layer, and what each kernel is expected to cost.
package struct LinearChoice {
  package var rows: Int
  package var inputFeatures: Int
  package var outputFeatures: Int
  /// Floats from row to row.
  package var inputStride: Int
  package var outputStride: Int
  package var weights: Tensor
  /// Whether `weights` is [input features, output features].
  package var weightsAreInputMajor: Bool
  package var scale: Float
  package var bias: Tensor?
  package var epilogue: Epilogue

  /// Makes the choice.
  package init(
    rows: Int, inputFeatures: Int, outputFeatures: Int, inputStride: Int, outputStride: Int, weights: Tensor,
    weightsAreInputMajor: Bool, scale: Float = 1, bias: Tensor? = nil, epilogue: Epilogue = Epilogue()
  ) {
    self.rows = rows
    self.inputFeatures = inputFeatures
    self.outputFeatures = outputFeatures
    self.inputStride = inputStride
    self.outputStride = outputStride
    self.weights = weights
    self.weightsAreInputMajor = weightsAreInputMajor
    self.scale = scale
    self.bias = bias
    self.epilogue = epilogue
  }

  /// Returns the kernels that compute the layer. Input: rows; output: rows.
  package func candidates(_ set: InstructionSet = .selected, threads: Int = 2) -> [KernelCandidate] {
    let products = Double(rows) * Double(inputFeatures) * Double(outputFeatures)
    return set.alternatives.flatMap { kernels in
      let factor = kernels.costFactor(columns: outputFeatures) * (kernels == set ? 1 : 1.1)
      return WorkDivision.cases(threads: threads).map { division in
        KernelCandidate(
          name: PointwiseConvolution.name(division, kernels), work: products * factor * division.costFactor
        ) {
          PointwiseConvolution(
            rows: rows, inputFeatures: inputFeatures, outputFeatures: outputFeatures,
            inputStride: inputStride,
            outputStride: outputStride, weights: weights, weightsAreInputMajor: weightsAreInputMajor,
            scale: scale, bias: bias, epilogue: epilogue, division: division, instructionSet: kernels)
        }
      }
    }
  }

  /// What the speed depends on.
  package var problem: KernelProblem {
    KernelProblem(
      name:
        "linear \(rows)x\(inputFeatures) stride \(inputStride) to \(outputFeatures) stride \(outputStride)"
        + " then \(epilogue.activation)",
      inputCounts: [rows * inputStride], outputCount: rows * outputStride)
  }
}
