import Images

// Between runs and the pixels of a part of the image, for what must look at pixels.
extension RunLengths {
  /// Returns which pixels of a part of the image are inside, row by row.
  ///
  /// - Parameter crop: A part of the image.
  func pixels(in crop: PixelRect) -> [Bool] {
    sampled(
      columns: Array(crop.x..<crop.x + crop.width), rows: Array(crop.y..<crop.y + crop.height))
  }

  /// Makes a mask from the pixels of a part of the image; nothing is inside beyond it.
  init(width: Int, height: Int, pixels: [Bool], in crop: PixelRect) {
    self.init(
      width: width, height: height,
      pieces: (0..<crop.width).lazy.flatMap { column -> [(x: Int, rows: Range<Int>)] in
        var pieces: [(x: Int, rows: Range<Int>)] = []
        var start: Int?
        for row in 0...crop.height {
          let isInside = row < crop.height && pixels[row * crop.width + column]
          if isInside, start == nil { start = row }
          if !isInside, let first = start {
            pieces.append((crop.x + column, crop.y + first..<crop.y + row))
            start = nil
          }
        }
        return pieces
      })
  }

  /// Makes a mask of runs within columns, which come from the left, each column's from the top, and do not overlap.
  init(width: Int, height: Int, pieces: some Sequence<(x: Int, rows: Range<Int>)>) {
    var runs = RunBuilder()
    var end = 0
    for piece in pieces {
      let start = piece.x * height + piece.rows.lowerBound
      runs.append(start - end, isInside: false)
      runs.append(piece.rows.count, isInside: true)
      end = start + piece.rows.count
    }
    runs.append(width * height - end, isInside: false)
    self.init(width: width, height: height, runs: runs)
  }

  /// The smallest part of the image that holds the mask and a margin around it; nil for an empty mask.
  func surroundings(margin: Int) -> PixelRect? {
    boundingBox.map { box in
      PixelRect(
        x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin, height: box.height + 2 * margin
      )
      .intersection(PixelRect(x: 0, y: 0, width: width, height: height))
    }
  }
}
