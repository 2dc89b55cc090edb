import CKernels

/// Copies elements of 4 bytes between strided layouts: concatenation, split, slices, transposes, layout changes.
///
/// Input and output are given where their first element lies; they do not overlap.
package struct StridedCopy: PreparedKernel, @unchecked Sendable {
  // Sendable: the template's pointer leads to a constant of the C target.
  package let name: String
  private var template: strided_copy_arguments
  private let inputOffset: Int
  private let outputOffset: Int
  private let count: Int
  private let elementCount: Int

  /// Makes the kernel.
  ///
  /// - Parameters:
  ///   - dimensions: what is copied, in the output's order, at most 8 after merging.
  ///   - inputStrides: floats between neighbours along each dimension; may be negative or 0. Likewise `outputStrides`.
  ///   - inputOffset: floats from the input buffer's start to the first element. Likewise `outputOffset`.
  package init(
    dimensions: [Int], inputStrides: [Int], outputStrides: [Int], inputOffset: Int = 0, outputOffset: Int = 0,
    name: String = "f32_copy", instructionSet: InstructionSet = .selected
  ) {
    self.name = name
    self.inputOffset = inputOffset
    self.outputOffset = outputOffset
    var layout = StridedLayout(dimensions: dimensions, strides: [inputStrides, outputStrides])
    layout.merge()
    elementCount = layout.dimensions.reduce(1, *)
    if layout.dimensions.isEmpty { layout.appendUnit() }
    layout.splitLongRow(of: 4096)
    // A lone matrix whose transpose is fast keeps both dimensions inside one work item.
    count = layout.dimensions[0]
    template = strided_copy_arguments()
    template.kernels = instructionSet.kernels.pointer
    template.rank = layout.dimensions.count
    setTuple(&template.dimensions, layout.dimensions)
    setTuple(&template.input_strides, layout.strides[0])
    setTuple(&template.output_strides, layout.strides[1])
  }

  /// Makes a transposition of a contiguous tensor: output axis i is input axis `permutation[i]`.
  package init(transposing dimensions: [Int], permutation: [Int]) {
    var strides = [Int](repeating: 1, count: dimensions.count)
    for axis in dimensions.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * dimensions[axis + 1]
    }
    let permuted = permutation.map { dimensions[$0] }
    var outputStrides = [Int](repeating: 1, count: dimensions.count)
    for axis in permuted.indices.dropLast().reversed() {
      outputStrides[axis] = outputStrides[axis + 1] * permuted[axis + 1]
    }
    self.init(
      dimensions: permuted, inputStrides: permutation.map { strides[$0] }, outputStrides: outputStrides,
      name: "f32_transpose")
  }

  /// Makes a copy of an image between pixel strides: one part of a concatenation along channels, or of a split.
  package init(image: ImageShape, outputPixelStride: Int) {
    self.init(
      dimensions: [image.pixelCount, image.channels], inputStrides: [image.pixelStride, 1],
      outputStrides: [outputPixelStride, 1])
  }

  /// Makes the change from channels first (NCHW) to channels last; the input is contiguous.
  package init(toChannelsLast image: ImageShape) {
    let plane = image.height * image.width
    self.init(
      dimensions: [image.batch, plane, image.channels], inputStrides: [plane * image.channels, 1, plane],
      outputStrides: [plane * image.pixelStride, image.pixelStride, 1], name: "f32_to_channels_last")
  }

  /// Makes the change from channels last to channels first (NCHW); the output is contiguous.
  package init(toChannelsFirst image: ImageShape) {
    let plane = image.height * image.width
    self.init(
      dimensions: [image.batch, image.channels, plane],
      inputStrides: [plane * image.pixelStride, 1, image.pixelStride],
      outputStrides: [plane * image.channels, plane, 1], name: "f32_to_channels_first")
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    guard elementCount > 0 else { return }
    var arguments = template
    // Safe: offsets and strides stay inside the buffers by `PreparedKernel`'s contract.
    arguments.input = UnsafePointer(buffers.input(0) + inputOffset)
    arguments.output = buffers.output() + outputOffset
    pool.run(strided_copy_task, &arguments, count: count, work: elementCount)
  }
}
