import ComputeKernels
import Testing

@Suite struct ResizeTests {
  private static let roundings: [NearestRounding] = [
    .roundPreferFloor, .roundPreferCeiling, .floor, .ceiling,
  ]

  /// Where an output coordinate lies in the input.
  private func place(_ index: Int, _ from: Int, _ to: Int, _ coordinates: ResizeCoordinates) -> Double {
    switch coordinates {
    case .halfPixel: (Double(index) + 0.5) * Double(from) / Double(to) - 0.5
    case .alignCorners: to == 1 ? 0 : Double(index * (from - 1)) / Double(to - 1)
    case .asymmetric: Double(index) * Double(from) / Double(to)
    }
  }

  private func nearest(_ x: Double, _ rounding: NearestRounding, _ size: Int) -> Int {
    let rounded: Double =
      switch rounding {
      case .floor: x.rounded(.down)
      case .ceiling: x.rounded(.up)
      case .roundPreferFloor: x - x.rounded(.down) <= 0.5 ? x.rounded(.down) : x.rounded(.up)
      case .roundPreferCeiling: x - x.rounded(.down) < 0.5 ? x.rounded(.down) : x.rounded(.up)
      }
    return min(max(Int(rounded), 0), size - 1)
  }

  @Test(arguments: InstructionSet.available)
  func agreesWithTheReference(set: InstructionSet) {
    let modes = [ResizeMode.bilinear] + Self.roundings.map { ResizeMode.nearest($0) }
    for mode in modes {
      for coordinates in [ResizeCoordinates.halfPixel, .alignCorners, .asymmetric] {
        for (channels, extra) in [(1, 0), (3, 2), (8, 0), (17, 1), (24, 8)] {
          for (height, width, toHeight, toWidth) in [(4, 5, 8, 10), (7, 3, 5, 9), (1, 1, 3, 3), (9, 8, 1, 4)]
          {
            let input = ImageShape(
              batch: 2, height: height, width: width, channels: channels, pixelStride: channels + extra)
            let output = ImageShape(
              batch: 2, height: toHeight, width: toWidth, channels: channels,
              pixelStride: channels + 2 * extra)
            var numbers = Numbers(seed: channels)
            let image = numbers.floats(input.bufferCount)
            let before = numbers.floats(output.bufferCount)
            var expected = before
            for n in 0..<2 {
              for y in 0..<toHeight {
                for x in 0..<toWidth {
                  let row = place(y, height, toHeight, coordinates)
                  let column = place(x, width, toWidth, coordinates)
                  for channel in 0..<channels {
                    func value(_ y: Int, _ x: Int) -> Double {
                      Double(
                        image[input.index(n, min(max(y, 0), height - 1), min(max(x, 0), width - 1), channel)])
                    }
                    let result: Double
                    if case .nearest(let rounding) = mode {
                      result = value(nearest(row, rounding, height), nearest(column, rounding, width))
                    } else {
                      let top = row.rounded(.down)
                      let left = column.rounded(.down)
                      let a = row - top
                      let b = column - left
                      result =
                        (value(Int(top), Int(left)) * (1 - b) + value(Int(top), Int(left) + 1) * b) * (1 - a)
                        + (value(Int(top) + 1, Int(left)) * (1 - b) + value(Int(top) + 1, Int(left) + 1) * b)
                        * a
                    }
                    expected[output.index(n, y, x, channel)] = Float(result)
                  }
                }
              }
            }
            let kernel = Resize(
              input: input, output: output, mode: mode, coordinates: coordinates, instructionSet: set)
            expectClose(
              run(kernel, [image], output: before, threads: 2), expected,
              "\(kernel.name) \(mode) \(coordinates) \(input) to \(output)")
          }
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func writesChannelsFirst(set: InstructionSet) {
    for (channels, height, width) in [(1, 8, 9), (3, 7, 40), (21, 33, 47), (32, 5, 16)] {
      let input = ImageShape(batch: 2, height: 4, width: 6, channels: channels, pixelStride: channels + 3)
      let output = ImageShape(batch: 2, height: height, width: width, channels: channels)
      var numbers = Numbers(seed: width)
      let image = numbers.floats(input.bufferCount)
      let zeros = [Float](repeating: 0, count: output.elementCount)
      func resized(isPlanar: Bool) -> [Float] {
        run(
          Resize(
            input: input, output: output, mode: .bilinear, coordinates: .halfPixel, isPlanar: isPlanar,
            instructionSet: set), [image], output: zeros, threads: 2)
      }
      let pixels = resized(isPlanar: false)
      var expected = zeros
      for n in 0..<2 {
        for c in 0..<channels {
          for y in 0..<height {
            for x in 0..<width {
              expected[((n * channels + c) * height + y) * width + x] = pixels[output.index(n, y, x, c)]
            }
          }
        }
      }
      #expect(resized(isPlanar: true) == expected, "\(set) \(output)")
    }
  }
}
