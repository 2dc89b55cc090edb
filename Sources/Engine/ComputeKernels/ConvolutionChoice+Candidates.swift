import Tensors

extension ConvolutionChoice {
  /// A kernel that could compute a convolution.
  package struct Candidate: Sendable, Hashable {
    /// The kernel as profiles show it.
    package var name: String
    /// What it costs: products, those of whole vectors that hold nothing included, at the speed of AVX2's.
    package var work: Double
  }

  /// Returns what `kernel` chooses among for a convolution without groups; none where there is no choice.
  package static func candidates(
    input: ImageShape, output: ImageShape, window: Window, groups: Int,
    instructionSet: InstructionSet = .selected
  ) -> [Candidate] {
    guard groups == 1 else { return [] }
    let sets: [InstructionSet] = instructionSet == .avx512 ? [.avx512, .avx2] : [instructionSet]
    let (inputs, outputs) = (Double(input.channels), Double(output.channels))
    return sets.flatMap { set -> [Candidate] in
      let kernels = set.kernels
      // What is spent on each product that counts: lanes without a channel, over the vectors' speed.
      let lanes = (output.channels + kernels.lanes - 1) / kernels.lanes * kernels.lanes
      let speed = set == .avx512 && PackedConvolution.hasWideMultipliers ? 2.0 : 1
      let rate = Double(lanes) / outputs / speed
      let direct = Double(window.tapCount * output.pixelCount) * inputs * outputs
      var candidates = [
        Candidate(name: kernels.tileName(window.isPointwise ? "gemm" : "igemm"), work: direct * rate)
      ]
      if WinogradConvolution.computes(window, groups: groups) {
        let work = WinogradConvolution.work(input: input, output: output)
        candidates.append(Candidate(name: kernels.tileName("winograd"), work: work * rate))
      }
      return candidates
    }
  }
}
