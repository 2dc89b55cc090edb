import Images

/// The faces of a picture and their parts.
public struct FaceParsing: Sendable {
  /// How long each stage took, in milliseconds, all faces together.
  public struct Latency: Sendable, Hashable, Codable {
    /// Finding the faces.
    public var detect = 0.0
    /// Finding people, and what of the faces is theirs.
    public var people = 0.0
    /// Finding points of faces.
    public var landmarks = 0.0
    /// Warping the picture around faces.
    public var warp = 0.0
    /// Telling parts apart.
    public var parse = 0.0
    /// Bringing the parts back into the picture.
    public var unwarp = 0.0

    /// Makes a latency of nothing.
    public init() {}

    /// All stages together.
    public var total: Double { detect + people + landmarks + warp + parse + unwarp }
  }

  /// A line of the table of parts.
  public struct PartFigures: Sendable, Hashable {
    /// The part.
    public var part: FacePart
    /// Its pixels in the picture.
    public var pixels: Int
    /// Their share of the picture, in 0...1.
    public var share: Double
    /// The mean probability of the part on its pixels, in 0...1; 0 without any.
    public var meanConfidence: Double
  }

  /// The picture's size.
  public let width, height: Int
  /// The faces, the surest first.
  public let faces: [ParsedFace]
  /// The part of each pixel, as the raw value of `FacePart`, row by row.
  public private(set) var parts: [UInt8]
  /// The probability of that part, as 0...255.
  public private(set) var confidences: [UInt8]
  /// How long each stage took.
  public var latency = Latency()

  /// Lays faces over a picture of the given size; where two overlap the likelier part counts.
  public init(width: Int, height: Int, faces: [ParsedFace]) {
    self.width = width
    self.height = height
    self.faces = faces
    parts = [UInt8](repeating: 0, count: width * height)
    confidences = [UInt8](repeating: 255, count: width * height)
    for face in faces { lay(face) }
  }

  private mutating func lay(_ face: ParsedFace) {
    let rect = face.region
    for y in 0..<rect.height {
      for x in 0..<rect.width {
        let source = y * rect.width + x
        let target = (rect.y + y) * width + rect.x + x
        let (part, confidence) = (face.parts[source], face.confidences[source])
        let isFirst = parts[target] == 0
        // Of two opinions that there is nothing the less sure one is kept.
        let counts =
          part == 0
          ? isFirst && confidence < confidences[target] : isFirst || confidence > confidences[target]
        if counts { (parts[target], confidences[target]) = (part, confidence) }
      }
    }
  }

  /// The parts in order, with what there is of each.
  public var figures: [PartFigures] {
    var pixels = [Int](repeating: 0, count: FacePart.allCases.count)
    var sums = pixels
    for (part, confidence) in zip(parts, confidences) {
      pixels[Int(part)] += 1
      sums[Int(part)] += Int(confidence)
    }
    return FacePart.allCases.map { part in
      let count = pixels[Int(part.rawValue)]
      return PartFigures(
        part: part, pixels: count, share: Double(count) / Double(width * height),
        meanConfidence: count == 0 ? 0 : Double(sums[Int(part.rawValue)]) / Double(255 * count))
    }
  }

  /// Returns the pixels of some parts.
  public func mask(of wanted: Set<FacePart>) -> Mask {
    let isWanted = FacePart.allCases.map { wanted.contains($0) }
    return Mask(width: width, height: height, values: parts.map { isWanted[Int($0)] ? 255 : 0 })
  }

  /// Returns the probability of each part at a pixel, in the order of `FacePart`: those of the face that decides there.
  public func partProbabilities(x: Int, y: Int) -> [Float]? {
    let bounds = PixelRect(x: x, y: y, width: 1, height: 1)
    return faces.filter { $0.region.contains(bounds) }.map { $0.partProbabilities(x: x, y: y) }
      .max { ($0.dropFirst().max() ?? 0) < ($1.dropFirst().max() ?? 0) }
  }

  /// How undecided the parsers are about each pixel, as 0...255; 0 beyond all faces and where nobody is.
  public var uncertainties: [UInt8] {
    var result = [UInt8](repeating: 0, count: width * height)
    for face in faces {
      let map = face.probabilities
      let undecided = map.uncertainties
      for y in face.region.y..<face.region.y + face.region.height {
        for x in face.region.x..<face.region.x + face.region.width {
          let index = (y - face.region.y) * face.region.width + x - face.region.x
          guard face.isBeyondPeople.isEmpty || !face.isBeyondPeople[index] else { continue }
          let place = face.warp.mapPoint(
            ofPicture: PlanePoint(x: Double(x), y: Double(y)), width: map.width, height: map.height)
          let (column, row) = (min(Int(place.x + 0.5), map.width - 1), Int(place.y + 0.5) % map.height)
          let value = UInt8(undecided[row * map.width + column] * 255)
          result[y * width + x] = max(result[y * width + x], value)
        }
      }
    }
    return result
  }
}
