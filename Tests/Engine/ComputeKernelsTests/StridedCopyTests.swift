import ComputeKernels
import Testing

@Suite struct StridedCopyTests {
  /// Matrices around the size of the blocks in registers.
  @Test(arguments: InstructionSet.available) func transposesMatrices(set: InstructionSet) {
    for rows in [1, 3, 4, 7, 8, 15, 16, 17, 33] {
      for columns in [1, 4, 5, 8, 16, 19, 48] {
        let input = (0..<rows * columns).map { Float($0) }
        let expected = (0..<rows * columns).map { Float($0 % rows * columns + $0 / rows) }
        // Rows of the result are columns of the input.
        let kernel = StridedCopy(
          dimensions: [columns, rows], inputStrides: [1, columns], outputStrides: [rows, 1],
          instructionSet: set)
        #expect(
          run(kernel, [input], output: [Float](repeating: -1, count: rows * columns)) == expected,
          "\(set) \(rows) x \(columns)")
      }
    }
  }

  @Test func transposesByEveryPermutation() {
    let permutations = [
      [0, 1, 2, 3], [0, 2, 3, 1], [0, 3, 1, 2], [3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3],
    ]
    for dimensions in [[1, 3, 5, 7], [2, 17, 4, 33], [3, 1, 1, 9], [2, 40, 30, 20]] {
      for permutation in permutations {
        let count = dimensions.reduce(1, *)
        let input = (0..<count).map { Float($0) }
        let permuted = permutation.map { dimensions[$0] }
        let expected: [Float] = (0..<count).map { place in
          var rest = place
          var index = [0, 0, 0, 0]
          for axis in (0..<4).reversed() {
            index[permutation[axis]] = rest % permuted[axis]
            rest /= permuted[axis]
          }
          return input[
            ((index[0] * dimensions[1] + index[1]) * dimensions[2] + index[2]) * dimensions[3] + index[3]]
        }
        let kernel = StridedCopy(transposing: dimensions, permutation: permutation)
        #expect(
          run(kernel, [input], output: [Float](repeating: -1, count: count), threads: 2) == expected,
          "\(dimensions) \(permutation)")
      }
    }
  }

  @Test func changesBetweenChannelsFirstAndLast() {
    for (batch, height, width, channels, stride) in [
      (1, 2, 3, 3, 3), (2, 5, 4, 17, 20), (1, 100, 90, 24, 24),
    ] {
      let image = ImageShape(
        batch: batch, height: height, width: width, channels: channels, pixelStride: stride)
      let planar = (0..<image.elementCount).map { Float($0) }
      let before = [Float](repeating: -1, count: image.bufferCount)
      var expected = before
      for n in 0..<batch {
        for y in 0..<height {
          for x in 0..<width {
            for c in 0..<channels {
              expected[image.index(n, y, x, c)] = planar[((n * channels + c) * height + y) * width + x]
            }
          }
        }
      }
      #expect(
        run(StridedCopy(toChannelsLast: image), [planar], output: before, threads: 2) == expected, "\(image)")
      #expect(
        run(
          StridedCopy(toChannelsFirst: image), [expected], output: [Float](repeating: 0, count: planar.count),
          threads: 2) == planar, "\(image)")
    }
  }

  @Test func copiesSlicesAndParts() {
    let input = (0..<60).map { Float($0) }
    // Rows 4, 2 of 5 columns each, the columns backwards by twos, into columns 1... of rows of 4.
    let kernel = StridedCopy(
      dimensions: [2, 3], inputStrides: [-10, -2], outputStrides: [4, 1], inputOffset: 24, outputOffset: 1)
    #expect(
      run(kernel, [input], output: [Float](repeating: -1, count: 8)) == [-1, 24, 22, 20, -1, 14, 12, 10])
    let part = StridedCopy(
      image: ImageShape(height: 2, width: 2, channels: 3, pixelStride: 5), outputPixelStride: 4)
    #expect(
      run(part, [(0..<18).map { Float($0) }], output: [Float](repeating: -1, count: 15)) == [
        0, 1, 2, -1, 5, 6, 7, -1, 10, 11, 12, -1, 15, 16, 17,
      ])
  }

  @Test func copiesLongAndEmptyRuns() {
    let input = (0..<300_001).map { Float($0) }
    let kernel = StridedCopy(dimensions: [300_001], inputStrides: [1], outputStrides: [1])
    #expect(run(kernel, [input], output: [Float](repeating: 0, count: input.count), threads: 2) == input)
    let empty = StridedCopy(dimensions: [0, 4], inputStrides: [4, 1], outputStrides: [4, 1])
    #expect(run(empty, [[1]], output: [2]) == [2])
  }
}
