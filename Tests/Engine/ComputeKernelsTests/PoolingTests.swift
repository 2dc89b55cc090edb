import ComputeKernels
import Testing

@Suite struct PoolingTests {
  @Test(arguments: InstructionSet.available)
  func agreesWithTheReference(set: InstructionSet) {
    let windows = [
      Window(kernel: (2, 2), strides: (2, 2)),
      Window(kernel: (3, 3), strides: (2, 2), padding: (1, 1, 1, 1)),
      Window(kernel: (3, 2), strides: (1, 2), padding: (0, 1, 2, 0)),
      Window(kernel: (3, 3), dilations: (2, 1), padding: (1, 1, 1, 1)),
    ]
    for window in windows {
      for kind in [PoolingKind.average, .maximum] {
        for countsPadding in [false, true] {
          for channels in [1, 3, 8, 13, 17, 33] {
            for (height, width) in [(7, 5), (6, 6), (19, 4)] {
              // A window that the ceiling mode adds may reach behind the padding.
              for extra in [0, 1] where extra == 0 || window.verticalDilation == 1 {
                check(kind, window, channels, height, width, countsPadding, extra, set)
              }
            }
          }
        }
      }
    }
  }

  private func check(
    _ kind: PoolingKind, _ w: Window, _ channels: Int, _ height: Int, _ width: Int, _ countsPadding: Bool,
    _ extra: Int, _ set: InstructionSet
  ) {
    let input = ImageShape(
      batch: 2, height: height, width: width, channels: channels, pixelStride: channels + 2)
    let rows = height + w.topPadding + w.bottomPadding - (w.kernelHeight - 1) * w.verticalDilation - 1
    let columns = width + w.leftPadding + w.rightPadding - (w.kernelWidth - 1) * w.horizontalDilation - 1
    func count(_ free: Int, _ stride: Int) -> Int { (free + (extra == 1 ? stride - 1 : 0)) / stride + 1 }
    let output = ImageShape(
      batch: 2, height: count(rows, w.verticalStride), width: count(columns, w.horizontalStride),
      channels: channels)
    var numbers = Numbers(seed: channels)
    let image = numbers.floats(input.bufferCount)
    var expected = [Float](repeating: 0, count: output.bufferCount)
    for n in 0..<2 {
      for y in 0..<output.height {
        for x in 0..<output.width {
          for channel in 0..<channels {
            var values: [Double] = []
            var size = 0
            for ky in 0..<w.kernelHeight {
              for kx in 0..<w.kernelWidth {
                let row = y * w.verticalStride + ky * w.verticalDilation - w.topPadding
                let column = x * w.horizontalStride + kx * w.horizontalDilation - w.leftPadding
                if row < height + w.bottomPadding && column < width + w.rightPadding { size += 1 }
                if row >= 0 && row < height && column >= 0 && column < width {
                  values.append(Double(image[input.index(n, row, column, channel)]))
                }
              }
            }
            let value =
              kind == .maximum
              ? values.max()! : values.reduce(0, +) / Double(countsPadding ? size : values.count)
            expected[output.index(n, y, x, channel)] = Float(value)
          }
        }
      }
    }
    // With dilation, no consumer counts padding; what the window's size is then is left to the operator.
    if countsPadding && w.verticalDilation > 1 { return }
    let kernel = Pooling(
      kind: kind, input: input, output: output, window: w, countsPadding: countsPadding, instructionSet: set)
    let found = run(
      kernel, [image], output: [Float](repeating: 9, count: output.bufferCount), threads: channels % 2 + 1)
    expectClose(found, expected, "\(kernel.name) \(w) \(input) \(countsPadding) \(extra)")
  }
}
