/// The parts of a face that a face parser tells apart, in the order of its results; left and right as the picture is
/// seen.
public enum FacePart: UInt8, Sendable, CaseIterable, Codable {
  case background, skin, leftBrow, rightBrow, leftEye, rightEye, nose, upperLip, innerMouth, lowerLip, hair

  /// What people call it.
  public var name: String {
    switch self {
    case .background: "background"
    case .skin: "skin"
    case .leftBrow: "left brow"
    case .rightBrow: "right brow"
    case .leftEye: "left eye"
    case .rightEye: "right eye"
    case .nose: "nose"
    case .upperLip: "upper lip"
    case .innerMouth: "inner mouth"
    case .lowerLip: "lower lip"
    case .hair: "hair"
    }
  }

  /// The colour in which it is drawn: red, green, blue.
  public var color: (red: UInt8, green: UInt8, blue: UInt8) {
    switch self {
    case .background: (0, 0, 0)
    case .skin: (230, 160, 120)
    case .leftBrow: (150, 90, 200)
    case .rightBrow: (200, 130, 250)
    case .leftEye: (40, 130, 255)
    case .rightEye: (90, 200, 255)
    case .nose: (250, 210, 60)
    case .upperLip: (230, 60, 90)
    case .innerMouth: (130, 20, 40)
    case .lowerLip: (255, 120, 140)
    case .hair: (60, 170, 90)
    }
  }
}
