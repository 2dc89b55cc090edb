import ComputeKernels
import Glibc
import Testing

/// Runs a kernel on guarded buffers and returns the output; a write outside the output is a failure.
///
/// - Parameters:
///   - output: what the output buffer holds before.
///   - outputIsInput: the input that the output buffer is the same as, if any.
func run(
  _ kernel: any PreparedKernel, _ inputs: [[Float]], output: [Float], outputIsInput: Int? = nil,
  threads: Int = 1,
  sourceLocation: SourceLocation = #_sourceLocation
) -> [Float] {
  let inputBuffers = inputs.map { GuardedFloats($0) }
  let outputBuffer = outputIsInput.map { inputBuffers[$0] } ?? GuardedFloats(output)
  var scratch: UnsafeMutableRawPointer?
  let failure = posix_memalign(&scratch, 64, kernel.scratchByteCount + 64)
  precondition(failure == 0)
  defer { free(scratch) }
  let pool = WorkerPool.shared(threads: threads)
  let inputPointers = inputBuffers.map { UnsafeRawPointer?(UnsafeRawPointer($0.pointer)) }
  let outputPointers = [UnsafeMutableRawPointer(outputBuffer.pointer)]
  inputPointers.withUnsafeBufferPointer { inputPointers in
    outputPointers.withUnsafeBufferPointer { outputPointers in
      pool.beginRun()
      // Safe: the buffers and the scratch memory live until the end of this function.
      kernel.run(
        KernelBuffers(
          inputs: inputPointers.baseAddress!, outputs: outputPointers.baseAddress!, scratch: scratch!),
        on: pool)
      pool.endRun()
    }
  }
  for (index, buffer) in inputBuffers.enumerated() where outputIsInput != index {
    #expect(
      buffer.values.elementsEqual(inputs[index]) { $0.bitPattern == $1.bitPattern },
      "\(kernel.name) wrote into input \(index)", sourceLocation: sourceLocation)
  }
  #expect(
    outputBuffer.isIntact && inputBuffers.allSatisfy(\.isIntact), "\(kernel.name) wrote outside its output",
    sourceLocation: sourceLocation)
  return outputBuffer.values
}
