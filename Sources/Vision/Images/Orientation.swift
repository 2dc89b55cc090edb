/// How stored rows and columns lie in the picture: the eight values of the EXIF tag Orientation.
enum Orientation: Int, CaseIterable {
  case upright = 1
  case mirrored, upsideDown, flipped, transposed, turnedLeft, transverse, turnedRight

  /// Whether rows are stored where the picture has columns.
  var isTurned: Bool {
    switch self {
    case .upright, .mirrored, .upsideDown, .flipped: false
    case .transposed, .turnedLeft, .transverse, .turnedRight: true
    }
  }

  /// The EXIF tag of the orientation.
  private static let tag = 0x0112

  /// Reads the orientation from the first directory of a TIFF structure; nil when it is absent or damaged.
  init?(tiff: ArraySlice<UInt8>) {
    let bytes = Array(tiff)
    let isLittleEndian = bytes.starts(with: [0x49, 0x49, 0x2A, 0])
    guard isLittleEndian || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) else { return nil }
    func number(at offset: Int, bytes count: Int) -> Int? {
      guard offset >= 0, offset + count <= bytes.count else { return nil }
      let digits = bytes[offset..<offset + count]
      return (isLittleEndian ? Array(digits.reversed()) : Array(digits)).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(at: 4, bytes: 4), let entryCount = number(at: directory, bytes: 2) else {
      return nil
    }
    for entry in 0..<entryCount {
      let start = directory + 2 + 12 * entry
      guard let tag = number(at: start, bytes: 2) else { return nil }
      // The value is a single SHORT, which stands in the first bytes of the entry's value field.
      guard tag == Self.tag else { continue }
      guard number(at: start + 2, bytes: 2) == 3, let value = number(at: start + 8, bytes: 2) else {
        return nil
      }
      self.init(rawValue: value)
      return
    }
    return nil
  }
}

extension Image {
  /// Returns the picture upright, when its rows and columns are stored in `orientation`.
  func turnedUpright(from orientation: Orientation) -> Image {
    let right = width - 1
    let bottom = height - 1
    // The stored pixel that comes first, and the steps to the next one rightwards and downwards.
    let (first, rightward, downward): ((Int, Int), (Int, Int), (Int, Int)) =
      switch orientation {
      case .upright: ((0, 0), (1, 0), (0, 1))
      case .mirrored: ((right, 0), (-1, 0), (0, 1))
      case .upsideDown: ((right, bottom), (-1, 0), (0, -1))
      case .flipped: ((0, bottom), (1, 0), (0, -1))
      case .transposed: ((0, 0), (0, 1), (1, 0))
      case .turnedLeft: ((0, bottom), (0, -1), (1, 0))
      case .transverse: ((right, bottom), (0, -1), (-1, 0))
      case .turnedRight: ((right, 0), (0, 1), (-1, 0))
      }
    guard orientation != .upright else { return self }
    let turned = orientation.isTurned ? (width: height, height: width) : (width: width, height: height)
    var result: [UInt8] = []
    result.reserveCapacity(pixels.count)
    for y in 0..<turned.height {
      var start = 3 * ((first.1 + y * downward.1) * width + first.0 + y * downward.0)
      for _ in 0..<turned.width {
        result.append(pixels[start])
        result.append(pixels[start + 1])
        result.append(pixels[start + 2])
        start += 3 * (rightward.1 * width + rightward.0)
      }
    }
    return Image(width: turned.width, height: turned.height, pixels: result)
  }
}
