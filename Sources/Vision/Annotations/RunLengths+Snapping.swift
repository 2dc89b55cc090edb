import Images

extension RunLengths {
  /// How far an outline moves, in pixels.
  public static let snappingReach = 4

  /// Returns the mask with its outline moved to the edges of an image nearby.
  ///
  /// A watershed with markers (Meyer, 1991): what is deep inside floods outward and what is far outside inward, over the
  /// pixels of least gradient first, and the outline is where they meet. Parts too thin to be deep anywhere stay.
  ///
  /// - Parameter image: The image of the mask's size.
  public func snapped(to image: Image) -> RunLengths {
    precondition(image.width == width && image.height == height, "The mask has the image's size")
    var deep = self
    var near = self
    for _ in 0..<Self.snappingReach {
      deep = deep.shrunk
      near = near.grown
    }
    guard !deep.isEmpty, let crop = near.surroundings(margin: 1) else { return self }
    var labels = zip(deep.pixels(in: crop), near.pixels(in: crop)).map { isDeep, isNear -> Label in
      isDeep ? .inside : isNear ? .open : .outside
    }
    Self.flood(&labels, gradients: image.gradients(in: crop), width: crop.width)
    let flooded = RunLengths(width: width, height: height, pixels: labels.map { $0 == .inside }, in: crop)
    let parts = RunComponents(self)
    let deepParts = parts.components { x, rows in rows.contains { deep.contains(x: x, y: $0) } }
    return flooded.union(parts.mask { !deepParts.contains($0) })
  }

  private enum Label: UInt8 { case open, inside, outside }

  /// Gives the open places the label of the neighbour from which they are reached over the least gradients.
  private static func flood(_ labels: inout [Label], gradients: [UInt8], width: Int) {
    var queues = [[Int]](repeating: [], count: 256)
    let height = labels.count / width
    func visitNeighbours(of place: Int, _ visit: (Int) -> Void) {
      let (y, x) = place.quotientAndRemainder(dividingBy: width)
      if x > 0 { visit(place - 1) }
      if x + 1 < width { visit(place + 1) }
      if y > 0 { visit(place - width) }
      if y + 1 < height { visit(place + width) }
    }
    for place in labels.indices where labels[place] != .open {
      var isShore = false
      visitNeighbours(of: place) { isShore = isShore || labels[$0] == .open }
      if isShore { queues[Int(gradients[place])].append(place) }
    }
    var level = 0
    var served = 0
    while level < queues.count {
      guard served < queues[level].count else {
        queues[level] = []
        level += 1
        served = 0
        continue
      }
      let place = queues[level][served]
      served += 1
      let label = labels[place]
      visitNeighbours(of: place) { next in
        guard labels[next] == .open else { return }
        labels[next] = label
        queues[max(level, Int(gradients[next]))].append(next)
      }
    }
  }
}

extension Image {
  /// The steepness of the brightness at each pixel of a part of the image, from Sobel's differences, 0 to 255.
  fileprivate func gradients(in crop: PixelRect) -> [UInt8] {
    func brightness(_ x: Int, _ y: Int) -> Int {
      let pixel = self[min(max(x, 0), width - 1), min(max(y, 0), height - 1)]
      return 2 * Int(pixel.red) + 5 * Int(pixel.green) + Int(pixel.blue)
    }
    var result: [UInt8] = []
    result.reserveCapacity(crop.area)
    for y in crop.y..<crop.y + crop.height {
      // The sums of three rows, and the differences of the outer ones, for the columns around the pixel.
      func column(_ x: Int) -> (sum: Int, difference: Int) {
        let (top, middle, bottom) = (brightness(x, y - 1), brightness(x, y), brightness(x, y + 1))
        return (top + 2 * middle + bottom, bottom - top)
      }
      var (left, middle) = (column(crop.x - 1), column(crop.x))
      for x in crop.x..<crop.x + crop.width {
        let right = column(x + 1)
        let across = abs(right.sum - left.sum)
        let down = abs(left.difference + 2 * middle.difference + right.difference)
        result.append(UInt8(min((across + down) / 32, 255)))
        (left, middle) = (middle, right)
      }
    }
    return result
  }
}
