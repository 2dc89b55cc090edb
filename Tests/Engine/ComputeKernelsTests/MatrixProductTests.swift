import ComputeKernels
import Testing

@Suite struct MatrixProductTests {
  private func check(
    _ rows: Int, _ columns: Int, _ depth: Int, batch: [Int] = [], left: MatrixLayout, right: MatrixLayout,
    output: MatrixLayout, scale: Float = 1, set: InstructionSet, threads: Int = 1
  ) {
    func extent(_ layout: MatrixLayout, _ rows: Int, _ columns: Int) -> Int {
      1 + (rows - 1) * layout.rowStride + (columns - 1) * layout.columnStride
        + zip(batch, layout.batchStrides).reduce(0) { $0 + ($1.0 - 1) * $1.1 }
    }
    var numbers = Numbers(seed: rows)
    let a = numbers.floats(extent(left, rows, depth))
    let b = numbers.floats(extent(right, depth, columns))
    let before = numbers.floats(extent(output, rows, columns))
    var expected = before
    for matrix in 0..<batch.reduce(1, *) {
      var rest = matrix
      var offsets = [0, 0, 0]
      for axis in batch.indices.reversed() {
        for (operand, layout) in [left, right, output].enumerated() {
          offsets[operand] += rest % batch[axis] * layout.batchStrides[axis]
        }
        rest /= batch[axis]
      }
      for row in 0..<rows {
        for column in 0..<columns {
          let sum = (0..<depth).reduce(0.0) {
            $0 + Double(a[offsets[0] + row * left.rowStride + $1 * left.columnStride])
              * Double(b[offsets[1] + $1 * right.rowStride + column * right.columnStride])
          }
          expected[offsets[2] + row * output.rowStride + column] = Float(sum * Double(scale))
        }
      }
    }
    let kernel = MatrixProduct(
      rows: rows, columns: columns, depth: depth, batch: batch, left: left, right: right, output: output,
      scale: scale, instructionSet: set)
    expectClose(
      run(kernel, [a, b], output: before, threads: threads), expected,
      "\(kernel.name) \(rows) x \(depth) x \(columns) batch \(batch) \(left) \(right) threads \(threads)")
  }

  @Test(arguments: InstructionSet.available)
  func multipliesMatricesEitherWayRound(set: InstructionSet) {
    for (m, n, k) in [
      (1, 1, 1), (3, 7, 5), (8, 16, 8), (13, 17, 33), (1, 40, 24), (49, 33, 16), (130, 96, 64),
    ] {
      let output = MatrixLayout(rowStride: n, columnStride: 1)
      for leftIsTransposed in [false, true] {
        for rightIsTransposed in [false, true] {
          check(
            m, n, k,
            left: leftIsTransposed
              ? MatrixLayout(rowStride: 1, columnStride: m) : MatrixLayout(rowStride: k, columnStride: 1),
            right: rightIsTransposed
              ? MatrixLayout(rowStride: 1, columnStride: k) : MatrixLayout(rowStride: n, columnStride: 1),
            output: output, scale: m == 3 ? 0.25 : 1, set: set, threads: 1 + m % 2)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func multipliesBatchesThatRepeatAnOperand(set: InstructionSet) {
    let (m, n, k) = (5, 9, 7)
    check(
      m, n, k, batch: [2, 3],
      left: MatrixLayout(rowStride: k, columnStride: 1, batchStrides: [3 * m * k, m * k]),
      right: MatrixLayout(rowStride: n, columnStride: 1, batchStrides: [0, k * n]),
      output: MatrixLayout(rowStride: n, columnStride: 1, batchStrides: [3 * m * n, m * n]), set: set)
    check(
      m, n, k, batch: [4], left: MatrixLayout(rowStride: 1, columnStride: m, batchStrides: [0]),
      right: MatrixLayout(rowStride: 1, columnStride: k, batchStrides: [k * n]),
      output: MatrixLayout(rowStride: n, columnStride: 1, batchStrides: [m * n]), set: set)
  }

  /// Queries and keys of 4 heads lie side by side in rows of one buffer; no transpose is made.
  @Test(arguments: InstructionSet.available)
  func multipliesAttentionHeadsInPlace(set: InstructionSet) {
    let (tokens, heads, size) = (50, 4, 24)
    let row = heads * size
    check(
      tokens, tokens, size, batch: [heads],
      left: MatrixLayout(rowStride: row, columnStride: 1, batchStrides: [size]),
      right: MatrixLayout(rowStride: 1, columnStride: row, batchStrides: [size]),
      output: MatrixLayout(rowStride: tokens, columnStride: 1, batchStrides: [tokens * tokens]), scale: 0.2,
      set: set, threads: 2)
    check(
      tokens, size, tokens, batch: [heads],
      left: MatrixLayout(rowStride: tokens, columnStride: 1, batchStrides: [tokens * tokens]),
      right: MatrixLayout(rowStride: row, columnStride: 1, batchStrides: [size]),
      output: MatrixLayout(rowStride: row, columnStride: 1, batchStrides: [size]), set: set, threads: 2)
  }

  /// So large a product goes to OpenBLAS where it is installed. Matrices of rank one make the expected values known:
  /// the product of x yT and z wT is (y.z) x wT.
  @Test func multipliesTheLargestMatrices() {
    let size = 1536
    var numbers = Numbers()
    let vectors = (0..<4).map { _ in numbers.floats(size) }
    func outer(_ x: [Float], _ y: [Float]) -> [Float] { x.flatMap { a in y.map { a * $0 } } }
    let inner = (0..<size).reduce(0.0) { $0 + Double(vectors[1][$1]) * Double(vectors[2][$1]) }
    let expected = vectors[0].flatMap { x in vectors[3].map { Float(Double(x) * Double($0) * inner * 0.5) } }
    let plain = MatrixLayout(rowStride: size, columnStride: 1)
    let transposed = MatrixLayout(rowStride: 1, columnStride: size)
    for (left, right) in [(plain, transposed), (transposed, plain)] {
      let kernel = MatrixProduct(
        rows: size, columns: size, depth: size, left: left, right: right, output: plain, scale: 0.5)
      let a = left == plain ? outer(vectors[0], vectors[1]) : outer(vectors[1], vectors[0])
      let b = right == plain ? outer(vectors[2], vectors[3]) : outer(vectors[3], vectors[2])
      let found = run(kernel, [a, b], output: [Float](repeating: 0, count: size * size), threads: 2)
      expectClose(found, expected, tolerance: 1e-4, "\(kernel.name) \(left) \(right)")
    }
  }
}
