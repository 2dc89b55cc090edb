import ComputeKernels
import Testing

@Suite struct GlobalPoolingTests {
  @Test(arguments: InstructionSet.available)
  func agreesWithTheReference(set: InstructionSet) {
    for kind in [PoolingKind.average, .maximum] {
      for channels in [1, 7, 8, 17, 63, 64, 65, 130] {
        for (height, width) in [(1, 1), (7, 7), (3, 19), (60, 60)] {
          var numbers = Numbers(seed: channels)
          let input = ImageShape(
            batch: 2, height: height, width: width, channels: channels, pixelStride: channels + 1)
          let image = numbers.floats(input.bufferCount)
          let expected: [Float] = (0..<2 * channels).map { place in
            let values = (0..<height * width).map {
              Double(image[input.index(place / channels, $0 / width, $0 % width, place % channels)])
            }
            return Float(kind == .maximum ? values.max()! : values.reduce(0, +) / Double(values.count))
          }
          let kernel = GlobalPooling(kind: kind, input: input, instructionSet: set)
          let found = run(kernel, [image], output: [Float](repeating: 9, count: 2 * channels), threads: 2)
          expectClose(found, expected, "\(kernel.name) \(input)")
        }
      }
    }
  }
}
