import CKernels
import COpenBLAS

/// One operand of a batched matrix product: a matrix for each index of the batch.
package struct MatrixLayout: Sendable, Hashable {
  /// Floats from row to row and from column to column.
  package var rowStride: Int
  package var columnStride: Int
  /// Floats between neighbours along each dimension of the batch; 0 where the operand repeats.
  package var batchStrides: [Int]

  package init(rowStride: Int, columnStride: Int, batchStrides: [Int] = []) {
    self.rowStride = rowStride
    self.columnStride = columnStride
    self.batchStrides = batchStrides
  }

  /// Whether a BLAS library can take the matrix as it lies.
  var isMatrixOfBLAS: Bool {
    (columnStride == 1 || rowStride == 1) && (1...Int(Int32.max)).contains(max(rowStride, columnStride))
  }
}

/// The product of two matrices known only at run time, for each index of a batch. Inputs: left, right; output.
///
/// Strides make views of transposed matrices and of attention heads that lie side by side; the right matrices are
/// packed into scratch memory, and the left ones too when their rows are not contiguous. The largest products go to
/// OpenBLAS where it is installed.
package struct MatrixProduct: PreparedKernel, @unchecked Sendable {
  // Sendable: the tables are never written again.
  package let name: String
  package let scratchByteCount: Int
  private var template: matrix_product_arguments
  private let offsets: [Int]
  private let packUsers: [Int]
  private let packIndices: [Int]
  private let packedFloats: Int

  /// Makes the kernel for scale * left (rows x depth) * right (depth x columns).
  ///
  /// - Parameters:
  ///   - batch: the dimensions of the batch, outermost first; empty for one product.
  ///   - output: column stride 1.
  package init(
    rows: Int, columns: Int, depth: Int, batch: [Int] = [], left: MatrixLayout, right: MatrixLayout,
    output: MatrixLayout, scale: Float = 1, instructionSet: InstructionSet = .selected
  ) {
    precondition(output.columnStride == 1, "A product's rows are contiguous")
    let kernels = instructionSet.kernels
    var sgemm: openblas_sgemm_function?
    if OpenBLAS.pays(rows: rows, columns: columns, depth: depth),
      [left, right, output].allSatisfy(\.isMatrixOfBLAS)
    {
      sgemm = OpenBLAS.sgemm
    }
    name = sgemm == nil ? kernels.tileName("matmul") : "openblas_sgemm"
    let count = batch.reduce(1, *)
    var offsets: [Int] = []
    var packUsers: [Int] = []
    var packIndices: [Int] = []
    var known: [Int: Int] = [:]
    for matrix in 0..<count {
      var rest = matrix
      var offset = [0, 0, 0]
      for axis in batch.indices.reversed() {
        let index = rest % batch[axis]
        rest /= batch[axis]
        for (operand, layout) in [left, right, output].enumerated() {
          offset[operand] += index * layout.batchStrides[axis]
        }
      }
      offsets += offset
      if let index = known[offset[1]] {
        packIndices.append(index)
      } else {
        known[offset[1]] = packUsers.count
        packIndices.append(packUsers.count)
        packUsers.append(matrix)
      }
    }
    self.offsets = offsets
    self.packUsers = packUsers
    self.packIndices = packIndices
    let packedCount = (packed_weights_count(kernels.pointer, depth, columns) + 15) / 16 * 16
    packedFloats = packedCount * packUsers.count
    let needsRows = left.columnStride != 1
    scratchByteCount =
      sgemm != nil
      ? 0 : (packedFloats + (needsRows ? count * rows * depth : 0) + 16) * MemoryLayout<Float>.stride
    template = matrix_product_arguments()
    template.kernels = kernels.pointer
    template.sgemm = sgemm
    template.m = rows
    template.n = columns
    template.k = depth
    template.left_row_stride = left.rowStride
    template.left_column_stride = left.columnStride
    template.right_row_stride = right.rowStride
    template.right_column_stride = right.columnStride
    template.output_row_stride = output.rowStride
    template.scale = scale
    template.batch = count
    template.pack_count = packUsers.count
    template.packed_count = packedCount
    let tileRows = kernels.tileRows
    let wanted = sgemm == nil ? 24 : WorkerPool.processorCount
    let blocks = max(1, min((rows + tileRows - 1) / tileRows, (wanted + count - 1) / max(count, 1)))
    let tiles = ((rows + tileRows - 1) / tileRows + blocks - 1) / blocks
    template.row_block = max(tiles, 1) * tileRows
    template.row_blocks = (rows + template.row_block - 1) / template.row_block
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    let work = template.batch * template.m * template.n * template.k
    guard template.batch * template.m * template.n > 0 else { return }
    // Safe: the tables live until the closures return; scratch has `scratchByteCount` bytes, laid out as counted
    // there.
    offsets.withUnsafeBufferPointer { offsets in
      packUsers.withUnsafeBufferPointer { packUsers in
        packIndices.withUnsafeBufferPointer { packIndices in
          var arguments = template
          arguments.left = buffers.input(0)
          arguments.right = buffers.input(1)
          arguments.output = buffers.output()
          arguments.offsets = offsets.baseAddress
          arguments.pack_users = packUsers.baseAddress
          arguments.pack_indices = packIndices.baseAddress
          if template.sgemm != nil {
            pool.run(
              matrix_product_blas_task, &arguments, count: template.batch * template.row_blocks,
              grain: (template.batch * template.row_blocks + pool.threadCount - 1) / pool.threadCount,
              work: work)
            return
          }
          let scratch = buffers.scratch.assumingMemoryBound(to: Float.self)
          arguments.packed = scratch
          pool.run(matrix_product_pack_task, &arguments, count: template.pack_count, work: work)
          if template.left_column_stride != 1 {
            arguments.left_rows = scratch + packedFloats
            pool.run(matrix_product_gather_task, &arguments, count: template.batch, work: work)
          }
          pool.run(
            matrix_product_task, &arguments, count: template.batch * template.row_blocks, work: work)
        }
      }
    }
  }
}
