import ComputeKernels

/// A grid of linear functions of colour over a part of a picture, as a guided filter fits them, made and used band by band.
struct LinearColorFunctions {
  /// The grid's numbers, row by row.
  private let values: [Float]
  private let fit: ColorFit
  private let image: Image
  private let crop: PixelRect
  /// What a byte must exceed to be inside; nil for soft masks.
  private let threshold: UInt8?
  /// Where each column's and row's pixel is in the image.
  private let columnOffsets, rowOffsets: [Int]
  private let across, down: Interpolation

  /// Makes the functions of `values` on a grid over `crop`.
  init(_ values: [Float], fit: ColorFit, image: Image, crop: PixelRect, threshold: UInt8?) {
    precondition(image.bounds.contains(crop), "\(crop) is not a part of \(image.bounds)")
    precondition(values.count == fit.columns * fit.rows, "The values fill the grid")
    self.values = values
    self.fit = fit
    self.image = image
    self.crop = crop
    self.threshold = threshold
    columnOffsets = Self.middles(of: fit.columns, in: crop.width).map { 3 * (crop.x + $0) }
    rowOffsets = Self.middles(of: fit.rows, in: crop.height).map { 3 * image.width * (crop.y + $0) }
    across = Interpolation(of: crop.width, between: fit.columns)
    down = Interpolation(of: crop.height, between: fit.rows)
  }

  /// The pixel in the middle of each of `count` places over `size` pixels.
  private static func middles(of count: Int, in size: Int) -> [Int] {
    (0..<count).map { min(Int((Double($0) + 0.5) * Double(size) / Double(count)), size - 1) }
  }

  /// Returns the value of each pixel's function, interpolated between places, as 0 for 0 and 255 for 1, or what of it
  /// exceeds the threshold.
  func mask() -> CroppedMask {
    let values = [UInt8](unsafeUninitializedCapacity: crop.width * crop.height) { values, count in
      let target = values.baseAddress!
      // Safe: bands hold disjoint rows of the grid, a row of pixels belongs to the row of the grid above it, and the
      // pieces of each row are all of it.
      // A band's functions depend on rows around it, which are read for it alone.
      RowBands.forEach(of: fit.rows, atLeast: 32 + 8 * fit.reach) { fill($0, target) }
      count = crop.width * crop.height
    }
    return CroppedMask(
      Mask(width: crop.width, height: crop.height, values: values), at: crop, width: image.width,
      height: image.height)
  }

  /// Fills the pixels that belong to rows of the grid.
  private func fill(_ band: Range<Int>, _ target: UnsafeMutablePointer<UInt8>) {
    // Pixels of the last row lie between it and the next.
    let functions = fit.functions(
      ofRows: band.lowerBound..<min(band.upperBound + 1, fit.rows), values: values, pixels: image.pixels,
      columnOffsets: columnOffsets, rowOffsets: rowOffsets)
    let saturations = functions.map(saturation)
    // The last function of a row is there twice.
    var row = [ColorFit.Function](repeating: .zero, count: fit.columns + 1)
    for place in band {
      let upper = (place - band.lowerBound) * fit.columns
      let lower = min(upper + fit.columns, functions.count - fit.columns)
      let pieces = pieces(saturations, upper, lower)
      for y in down.samples(of: place) {
        for piece in pieces {
          if piece.value == nil {
            blend(functions, upper, lower, down.fractions[y], piece.places, into: &row)
          }
          fill(piece, with: row, (crop.y + y) * image.width + crop.x, target + y * crop.width)
        }
      }
    }
  }

  /// The pixels of places side by side, and the value of all of them where colours do not matter.
  private struct Piece {
    var places, pixels: Range<Int>
    var value: UInt8?
  }

  /// The pieces of the rows of pixels between two rows of the grid.
  private func pieces(_ saturations: [UInt8?], _ upper: Int, _ lower: Int) -> [Piece] {
    var pieces: [Piece] = []
    for column in 0..<fit.columns {
      let pixels = across.samples(of: column)
      let next = min(column + 1, fit.columns - 1)
      let value = saturations[upper + column]
      let isFlat =
        value != nil && value == saturations[upper + next] && value == saturations[lower + column]
        && value == saturations[lower + next]
      if let last = pieces.last, last.value == (isFlat ? value : nil) {
        pieces[pieces.count - 1].pixels = last.pixels.lowerBound..<pixels.upperBound
        pieces[pieces.count - 1].places = last.places.lowerBound..<column + 1
      } else {
        pieces.append(Piece(places: column..<column + 1, pixels: pixels, value: isFlat ? value : nil))
      }
    }
    return pieces
  }

  /// Interpolates the functions of places and of the one behind them between two rows of the grid.
  private func blend(
    _ functions: [ColorFit.Function], _ upper: Int, _ lower: Int, _ fraction: Float, _ places: Range<Int>,
    into row: inout [ColorFit.Function]
  ) {
    for place in places.lowerBound...places.upperBound {
      let column = min(place, fit.columns - 1)
      let first = functions[upper + column]
      row[place] = first + fraction * (functions[lower + column] - first)
    }
  }

  private func fill(
    _ piece: Piece, with row: [ColorFit.Function], _ start: Int, _ target: UnsafeMutablePointer<UInt8>
  ) {
    let (first, count) = (piece.pixels.lowerBound, piece.pixels.count)
    if let value = piece.value {
      // Safe: the piece is a part of the crop's row, as below.
      (target + first).update(repeating: value, count: count)
      return
    }
    image.pixels.withUnsafeBufferPointer { pixels in
      across.places.withUnsafeBufferPointer { places in
        across.fractions.withUnsafeBufferPointer { fractions in
          row.withUnsafeBufferPointer { row in
            // Safe: places are columns of the grid, behind each of which the row has one more.
            fit.read(
              row.baseAddress!, places: places.baseAddress! + first,
              fractions: fractions.baseAddress! + first, pixels: pixels.baseAddress! + 3 * (start + first),
              into: target + first, count: count)
            if let threshold {
              for x in first..<first + count { target[x] = target[x] > threshold ? 255 : 0 }
            }
          }
        }
      }
    }
  }

  /// The value that a function has for all colours; nil when colours matter.
  private func saturation(_ function: ColorFit.Function) -> UInt8? {
    let factors = SIMD3(function.x, function.y, function.z)
    let middle = function.w + 127.5 * factors.sum()
    let spread = 127.5 * (abs(factors.x) + abs(factors.y) + abs(factors.z))
    // Bytes are rounded.
    let (least, most) = threshold.map { (Float($0) + 0.5, Float($0) + 0.5) } ?? (0.5, 254.5)
    return middle + spread < least ? 0 : middle - spread >= most ? 255 : nil
  }
}

/// Where samples lie between the places of a coarser axis; beyond the first and the last they are those.
private struct Interpolation {
  /// For each sample the place before it, and the part of the way to the next.
  let places: [Int], fractions: [Float]
  /// The first sample of each place, and behind the last one the number of samples.
  private let starts: [Int]

  /// Lays `count` samples over `placeCount` places.
  init(of count: Int, between placeCount: Int) {
    let step = Double(placeCount) / Double(count)
    let points = (0..<count).map { min(max((Double($0) + 0.5) * step - 0.5, 0), Double(placeCount - 1)) }
    places = points.map { Int($0) }
    fractions = points.map { Float($0 - Double(Int($0))) }
    var starts: [Int] = []
    for (sample, place) in places.enumerated() {
      while starts.count <= place { starts.append(sample) }
    }
    while starts.count <= placeCount { starts.append(count) }
    self.starts = starts
  }

  /// The samples between a place and the next.
  func samples(of place: Int) -> Range<Int> { starts[place]..<starts[place + 1] }
}
