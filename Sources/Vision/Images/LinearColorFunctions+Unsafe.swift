/// For each place of a grid over a part of a picture, a linear function of the colour: factors of red, green and blue,
/// each -0.5...0.5, and a constant.
struct LinearColorFunctions {
  private let functions: [SIMD4<Float>]
  private let columns: Int
  private let crop: PixelRect
  private let across, down: ResampleAxis

  /// Makes a grid of `rows` rows of `columns` functions that covers `crop`.
  init(_ functions: [SIMD4<Float>], columns: Int, rows: Int, crop: PixelRect) {
    precondition(functions.count == columns * rows, "The functions fill the grid")
    // The pixel stays a byte: (byte / 255 - 0.5) * factor + constant, times 255.
    self.functions = functions.map { function in
      SIMD4(
        function.x, function.y, function.z,
        255 * function.w - 127.5 * (function.x + function.y + function.z))
    }
    self.columns = columns
    self.crop = crop
    across = ResampleAxis(sampleCount: columns, count: crop.width, filter: .bilinear)
    down = ResampleAxis(sampleCount: rows, count: crop.height, filter: .bilinear)
  }

  /// Returns the value of each pixel's function, interpolated between places, as 0 for 0 and 255 for 1; 0 outside of
  /// the grid's part.
  func mask(of image: Image) -> Mask {
    precondition(image.bounds.contains(crop), "\(crop) is not a part of \(image.bounds)")
    var mask = [UInt8](repeating: 0, count: image.width * image.height)
    mask.withUnsafeMutableBufferPointer { mask in
      image.pixels.withUnsafeBufferPointer { pixels in
        let (target, source) = (mask.baseAddress!, pixels.baseAddress!)
        // Safe: bands hold disjoint ranges of rows of the crop, which lies inside the image and the mask.
        RowBands.forEach(of: crop.height) { rows in
          var row = [SIMD4<Float>](repeating: .zero, count: columns + 1)
          for y in rows {
            blendRows(y, into: &row)
            let start = (crop.y + y) * image.width + crop.x
            apply(row, to: source + 3 * start, into: target + start)
          }
        }
      }
    }
    return Mask(width: image.width, height: image.height, values: mask)
  }

  /// Interpolates the row of functions at row `y`; the last one is there twice.
  private func blendRows(_ y: Int, into row: inout [SIMD4<Float>]) {
    let upper = down.starts[y]
    let lower = upper + down.tapCount - 1
    let weight = down.tapCount == 2 ? down.weights[2 * y + 1] : 0
    for x in 0..<columns {
      let first = functions[upper * columns + x]
      row[x] = first + weight * (functions[lower * columns + x] - first)
    }
    row[columns] = row[columns - 1]
  }

  /// Applies a row of functions to a row of pixels.
  private func apply(
    _ row: [SIMD4<Float>], to pixels: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>
  ) {
    let tapCount = across.tapCount
    row.withUnsafeBufferPointer { row in
      across.starts.withUnsafeBufferPointer { starts in
        across.weights.withUnsafeBufferPointer { weights in
          var x = 0
          while x < crop.width {
            // Pixels between the same two places.
            let place = starts[x]
            let (left, right) = (row[place], row[place + 1])
            if let value = Self.saturation(left), value == Self.saturation(right) {
              while x < crop.width && starts[x] == place {
                target[x] = value
                x += 1
              }
              continue
            }
            let difference = right - left
            while x < crop.width && starts[x] == place {
              let part = tapCount == 2 ? weights[2 * x + 1] : 0
              let function = left + part * difference
              // Safe: pixel x of the crop's row has three bytes.
              let color = SIMD4(
                Float(pixels[3 * x]), Float(pixels[3 * x + 1]), Float(pixels[3 * x + 2]), 1)
              let value = (function * color).sum()
              target[x] = UInt8(min(max(value + 0.5, 0), 255))
              x += 1
            }
          }
        }
      }
    }
  }
  /// The value that a function has for all colours; nil when colours matter.
  private static func saturation(_ function: SIMD4<Float>) -> UInt8? {
    let factors = SIMD3(function.x, function.y, function.z)
    let middle = function.w + 127.5 * factors.sum()
    let spread = 127.5 * (abs(factors.x) + abs(factors.y) + abs(factors.z))
    return middle + spread < 0.5 ? 0 : middle - spread >= 254.5 ? 255 : nil
  }
}
