import Images

/// The parts of people as EasyPortrait tells them apart (Kvanchiani et al., 2023), regrouped from a portrait matte and
/// parsed faces.
///
/// Teeth are no class of the face parser: they are found by colour inside the mouth, as bright and grey there, and are a
/// guess.
public struct EasyPortraitView: Sendable {
  /// The classes of EasyPortrait in its order; left and right as the picture is seen.
  public enum Part: UInt8, Sendable, CaseIterable {
    case background, person, skin, leftBrow, rightBrow, leftEye, rightEye, lips, teeth

    /// What people call it.
    public var name: String {
      switch self {
      case .background: "background"
      case .person: "person"
      case .skin: "skin"
      case .leftBrow: "left brow"
      case .rightBrow: "right brow"
      case .leftEye: "left eye"
      case .rightEye: "right eye"
      case .lips: "lips"
      case .teeth: "teeth (by colour)"
      }
    }
  }

  /// Teeth are brighter than this share of the face's skin.
  private static let leastBrightness = 0.75
  /// Teeth have less colour than this: the difference between the strongest and the weakest of red, green and blue, as
  /// a share of the strongest.
  private static let mostColor = 0.4

  /// The picture's size.
  public let width, height: Int
  /// The class of each pixel, as the raw value of `Part`, row by row.
  public let parts: [UInt8]

  /// Combines what is known about a picture; a picture without a matte has people only where faces are.
  public init(matte: Mask?, parsing: FaceParsing, of image: Image) {
    precondition(
      parsing.width == image.width && parsing.height == image.height
        && (matte.map { $0.width == image.width && $0.height == image.height } ?? true),
      "All have the picture's size")
    width = image.width
    height = image.height
    let brightness = Self.skinBrightness(parsing, image)
    parts = parsing.parts.indices.map { index in
      let part = FacePart(rawValue: parsing.parts[index]) ?? .background
      let isPerson = matte.map { $0.values[index] >= Mask.threshold } ?? false
      return Self.part(of: part, isPerson: isPerson) {
        Self.isTooth(image, at: index, skinBrightness: brightness)
      }.rawValue
    }
  }

  /// Returns the pixels of a class.
  public func mask(of part: Part) -> Mask {
    Mask(width: width, height: height, values: parts.map { $0 == part.rawValue ? 255 : 0 })
  }

  private static func part(of part: FacePart, isPerson: Bool, isTooth: () -> Bool) -> Part {
    switch part {
    case .background: isPerson ? .person : .background
    case .hair: .person
    case .skin, .nose: .skin
    case .leftBrow: .leftBrow
    case .rightBrow: .rightBrow
    case .leftEye: .leftEye
    case .rightEye: .rightEye
    case .upperLip, .lowerLip: .lips
    case .innerMouth: isTooth() ? .teeth : .person
    }
  }

  /// The median brightness of skin, 0...255; 0 without any.
  private static func skinBrightness(_ parsing: FaceParsing, _ image: Image) -> Int {
    var counts = [Int](repeating: 0, count: 256)
    for (index, part) in parsing.parts.enumerated() where part == FacePart.skin.rawValue {
      counts[brightness(image, at: index)] += 1
    }
    let half = counts.reduce(0, +) / 2
    var sum = 0
    return counts.firstIndex { count in
      sum += count
      return sum > half
    } ?? 0
  }

  private static func brightness(_ image: Image, at index: Int) -> Int {
    let (red, green, blue) = (
      Int(image.pixels[3 * index]), Int(image.pixels[3 * index + 1]), Int(image.pixels[3 * index + 2])
    )
    // The luma of BT.601, in whole numbers.
    return (299 * red + 587 * green + 114 * blue + 500) / 1000
  }

  private static func isTooth(_ image: Image, at index: Int, skinBrightness: Int) -> Bool {
    let colors = image.pixels[3 * index..<3 * index + 3]
    guard let strongest = colors.max(), let weakest = colors.min(), strongest > 0 else { return false }
    return Double(brightness(image, at: index)) > leastBrightness * Double(skinBrightness)
      && Double(strongest - weakest) < mostColor * Double(strongest)
  }
}
