/// What could compute a chain of operators that keep their images in the cache, and what each is expected to cost.
package struct RowPipelineChoice {
  package var input: ImageShape
  package var stages: [RowStage]

  /// Makes the choice; `stages` are as for `RowPipeline`.
  package init(input: ImageShape, stages: [RowStage]) {
    self.input = input
    self.stages = stages
  }

  /// Returns the kernels that compute the chain; inputs and output as those of `RowPipeline`.
  package func candidates(_ set: InstructionSet = .selected) -> [KernelCandidate] {
    let work = Double(RowStage.work(stages, input: input))
    let pipelines = set.alternatives.map { kernels in
      KernelCandidate(name: RowPipeline.name(kernels), work: work * (kernels == set ? 1 : 1.1)) {
        RowPipeline(input: input, stages: stages, instructionSet: kernels)
      }
    }
    return pipelines + [
      KernelCandidate(name: RowStages.name(set), work: work * 1.2) {
        RowStages(input: input, stages: stages, instructionSet: set)
      }
    ]
  }

  /// What the speed depends on.
  package var problem: KernelProblem {
    let output = stages.last!.output
    let residuals = stages.compactMap { stage in
      stage.residualPixelStride.map { stage.output.pixelCount * $0 }
    }
    return KernelProblem(
      name: "rows \(input.extent) stride \(input.pixelStride)" + stages.map { " to \($0.text)" }.joined()
        + " stride \(output.pixelStride)",
      inputCounts: [input.pixelCount * input.pixelStride] + residuals,
      outputCount: output.pixelCount * output.pixelStride)
  }
}

extension RowStage {
  /// What the stage's speed depends on.
  fileprivate var text: String {
    switch operation {
    case .pointwise(_, _, let epilogue):
      "\(output.extent) then \(epilogue.activation)\(epilogue.residualPixelStride.map { " residual \($0)" } ?? "")"
    case .depthwise(let window, _, _, let epilogue):
      "\(output.extent) by \(window.text) then \(epilogue.activation)"
    case .bilinearResize: "resized \(output.extent)"
    }
  }
}
