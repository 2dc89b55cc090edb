import Tensors

/// What could compute a convolution, and what each kernel is expected to cost.
package struct ConvolutionChoice {
  package var input: ImageShape
  /// Floats from channel to channel of an image whose channels lie one behind the other, for which
  /// `DenseConvolution.readsPlanes` holds; nil in channels-last order.
  package var planeStride: Int?
  package var output: ImageShape
  package var window: Window
  package var groups: Int
  /// [output channels, input channels / groups, kernel height, kernel width].
  package var weights: Tensor
  package var bias: Tensor?
  package var epilogue: Epilogue

  /// Makes the choice.
  package init(
    input: ImageShape, planeStride: Int? = nil, output: ImageShape, window: Window, groups: Int = 1,
    weights: Tensor, bias: Tensor? = nil, epilogue: Epilogue = Epilogue()
  ) {
    self.input = input
    self.planeStride = planeStride
    self.output = output
    self.window = window
    self.groups = groups
    self.weights = weights
    self.bias = bias
    self.epilogue = epilogue
  }

  /// Returns the kernels that compute the convolution.
  ///
  /// Inputs of every kernel: image, residual if any. Output: image. The output may be the residual unless the kernel
  /// is a `DepthwiseConvolution`.
  package func candidates(_ set: InstructionSet = .selected, threads: Int = 2) -> [KernelCandidate] {
    set.alternatives.flatMap { kernels -> [KernelCandidate] in
      // Wide vectors, unless narrower ones are clearly better filled.
      let preference = kernels == set ? 1.0 : 1.1
      if groups == input.channels && groups == output.channels && groups > 1 {
        return [depthwise(kernels, work: products * preference)]
      }
      let factor = preference * kernels.costFactor(columns: output.channels / groups)
      var candidates = WorkDivision.cases(threads: threads).map {
        packed(kernels, $0, work: products * factor * $0.costFactor)
      }
      guard planeStride == nil, groups == 1 else { return candidates }
      if WinogradConvolution.computes(window, groups: groups) { candidates.append(winograd(kernels, factor)) }
      if DotConvolution.computes(
        inputChannels: input.channels, outputChannels: output.channels, epilogue, kernels)
      {
        candidates.append(dot(kernels, preference))
      }
      return candidates
    }
  }

  /// Returns the kernel that is expected to be the fastest.
  package func kernel(_ set: InstructionSet = .selected) -> any PreparedKernel {
    candidates(set).min { $0.work < $1.work }!.make()
  }

  /// What the speed depends on.
  package var problem: KernelProblem {
    let pixels = planeStride.map { "planes \($0)" } ?? "stride \(input.pixelStride)"
    let residual = epilogue.residualPixelStride
    return KernelProblem(
      name: "convolution \(input.extent) \(pixels) to \(output.extent) stride \(output.pixelStride)"
        + " by \(window.text) groups \(groups) then \(epilogue.activation)"
        + "\(epilogue.slopes == nil ? "" : " slopes")"
        + "\(residual.map { " residual \($0)" } ?? "")",
      inputCounts: [
        planeStride.map { input.batch * input.channels * $0 } ?? input.pixelCount * input.pixelStride
      ] + (residual.map { [output.pixelCount * $0] } ?? []),
      outputCount: output.pixelCount * output.pixelStride)
  }

  private var products: Double {
    Double(window.tapCount * output.pixelCount) * Double(input.channels / groups) * Double(output.channels)
  }

  private func depthwise(_ set: InstructionSet, work: Double) -> KernelCandidate {
    KernelCandidate(name: DepthwiseConvolution.name(window, set), work: work) {
      DepthwiseConvolution(
        input: input, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
        instructionSet: set)
    }
  }

  private func packed(_ set: InstructionSet, _ division: WorkDivision, work: Double) -> KernelCandidate {
    if groups > 1 {
      return KernelCandidate(name: GroupedConvolution.name(window, division, set), work: work) {
        GroupedConvolution(
          input: input, output: output, window: window, groups: groups, weights: weights, bias: bias,
          epilogue: epilogue, division: division, instructionSet: set)
      }
    }
    if window.isPointwise {
      return KernelCandidate(name: PointwiseConvolution.name(division, set), work: work) {
        PointwiseConvolution(
          input: input, outputChannels: output.channels, outputPixelStride: output.pixelStride,
          weights: weights, bias: bias, epilogue: epilogue, division: division, instructionSet: set)
      }
    }
    return KernelCandidate(name: DenseConvolution.name(planeStride != nil, division, set), work: work) {
      DenseConvolution(
        input: input, planeStride: planeStride, output: output, window: window, weights: weights, bias: bias,
        epilogue: epilogue, division: division, instructionSet: set)
    }
  }

  private func dot(_ set: InstructionSet, _ preference: Double) -> KernelCandidate {
    let work = preference * DotConvolution.work(products: products, output: output)
    return KernelCandidate(name: DotConvolution.name(set), work: work) {
      DotConvolution(
        input: input, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
        instructionSet: set)
    }
  }

  private func winograd(_ set: InstructionSet, _ factor: Double) -> KernelCandidate {
    // Its rounding errors are larger: it must be worth them.
    let work = 1.05 * factor * WinogradConvolution.work(input: input, output: output)
    return KernelCandidate(name: WinogradConvolution.name(set), work: work) {
      WinogradConvolution(
        input: input, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
        instructionSet: set)
    }
  }
}

/// How the rows of a matrix product are divided among threads.
package enum WorkDivision: String, Sendable, Hashable, CaseIterable {
  /// Into many shares, which evens out how fast the threads are.
  case fine
  /// Into a share for each thread: the weights are read the least often.
  case coarse

  /// The divisions that differ for so many threads.
  static func cases(threads: Int) -> [WorkDivision] { threads > 1 ? allCases : [.fine] }

  /// The shares of each thread, where the rows suffice.
  var itemsPerThread: Int { self == .fine ? 5 : 1 }

  /// What a division is expected to cost, over the finest one's.
  var costFactor: Double { self == .fine ? 1 : 1.05 }

  /// The kernel's name for a division.
  func stem(_ stem: String) -> String { self == .fine ? stem : "coarse_\(stem)" }
}

extension InstructionSet {
  /// The sets that may serve a step of a model compiled for this one: narrower vectors may be better filled.
  var alternatives: [InstructionSet] { self == .avx512 ? [.avx512, .avx2] : [self] }

  /// What a product of a matrix with so many columns costs over one in AVX2 whose vectors are full.
  func costFactor(columns: Int) -> Double {
    let lanes = kernels.lanes
    let padded = (columns + lanes - 1) / lanes * lanes
    let speed = self == .avx512 && Self.hasWideMultipliers ? 2.0 : 1
    return Double(padded) / Double(columns) / speed
  }

  /// The set whose vectors fit so many columns, as `ConvolutionChoice` would take it.
  func suited(toColumns columns: Int) -> InstructionSet {
    alternatives.min { left, right in
      left.costFactor(columns: columns) * (left == self ? 1 : 1.1)
        < right.costFactor(columns: columns) * (right == self ? 1 : 1.1)
    }!
  }
}
