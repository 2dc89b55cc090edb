import Tensors

/// Chooses the kernel for a convolution.
package enum ConvolutionChoice {
  /// Returns the kernel that suits the shapes best.
  ///
  /// Inputs of every kernel: image, residual if any. Output: image. The output may be the residual unless the kernel
  /// is a `DepthwiseConvolution`.
  ///
  /// - Parameters:
  ///   - planeStride: floats from channel to channel of an image whose channels lie one behind the other, for which
  ///     `DenseConvolution.readsPlanes` holds.
  ///   - weights: [output channels, input channels / groups, kernel height, kernel width].
  package static func kernel(
    input: ImageShape, planeStride: Int? = nil, output: ImageShape, window: Window, groups: Int,
    weights: Tensor, bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), instructionSet: InstructionSet = .selected
  ) -> any PreparedKernel {
    if planeStride != nil {
      return DenseConvolution(
        input: input, planeStride: planeStride, output: output, window: window, weights: weights, bias: bias,
        epilogue: epilogue, instructionSet: instructionSet)
    }
    if groups == input.channels && groups == output.channels && groups > 1 {
      return DepthwiseConvolution(
        input: input, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
        instructionSet: instructionSet)
    }
    if groups > 1 {
      return GroupedConvolution(
        input: input, output: output, window: window, groups: groups, weights: weights, bias: bias,
        epilogue: epilogue, instructionSet: instructionSet)
    }
    if window.isPointwise {
      return PointwiseConvolution(
        input: input, outputChannels: output.channels, outputPixelStride: output.pixelStride,
        weights: weights,
        bias: bias, epilogue: epilogue, instructionSet: instructionSet)
    }
    if WinogradConvolution.computes(window, groups: groups),
      WinogradConvolution.pays(input: input, output: output)
    {
      return WinogradConvolution(
        input: input, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
        instructionSet: instructionSet)
    }
    return DenseConvolution(
      input: input, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
      instructionSet: instructionSet)
  }
}
