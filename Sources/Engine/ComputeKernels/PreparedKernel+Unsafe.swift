/// Where a kernel reads and writes in one run.
///
/// Inputs stand in the kernel's order; optional ones are null when absent, and kernels that know from their making
/// that there is none do not look. Every input is followed by 64 readable bytes. Outputs never overlap inputs, except
/// where a kernel's documentation allows it.
package struct KernelBuffers {
  package var inputs: UnsafePointer<UnsafeRawPointer?>
  package var outputs: UnsafePointer<UnsafeMutableRawPointer>
  /// At least `scratchByteCount` bytes, aligned to 64, of no particular content.
  package var scratch: UnsafeMutableRawPointer

  package init(
    inputs: UnsafePointer<UnsafeRawPointer?>, outputs: UnsafePointer<UnsafeMutableRawPointer>,
    scratch: UnsafeMutableRawPointer
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.scratch = scratch
  }

  // Safe below: `PreparedKernel.run` demands as many buffers as the kernel's documentation names, of floats.
  func input(_ index: Int) -> UnsafePointer<Float> { inputs[index]!.assumingMemoryBound(to: Float.self) }
  func optionalInput(_ index: Int) -> UnsafePointer<Float>? {
    inputs[index]?.assumingMemoryBound(to: Float.self)
  }
  func output(_ index: Int = 0) -> UnsafeMutablePointer<Float> {
    outputs[index].assumingMemoryBound(to: Float.self)
  }
}

/// An operator bound to its shapes and weights, ready to run any number of times, from any thread.
///
/// Constants are packed when the kernel is made and never change, so that sessions share it.
package protocol PreparedKernel: Sendable {
  /// The kernel as profiles show it, for instance `f32_gemm_6x16_avx2`.
  var name: String { get }
  /// Bytes that `KernelBuffers.scratch` must have.
  var scratchByteCount: Int { get }
  /// Computes the outputs. Never allocates, never fails; the buffers must fit the shapes the kernel was made for.
  func run(_ buffers: KernelBuffers, on pool: WorkerPool)
}

extension PreparedKernel {
  package var scratchByteCount: Int { 0 }
}
