import ArgumentParser
import Images
import VisionTasks

/// A mask of faces that can be written: a part, several together, or teeth.
struct FaceLayer: ExpressibleByArgument {
  private static let unions: [(name: String, parts: Set<FacePart>)] = [
    ("face", Set(FacePart.allCases).subtracting([.background, .hair])),
    ("brows", [.leftBrow, .rightBrow]), ("eyes", [.leftEye, .rightEye]),
    ("lips", [.upperLip, .lowerLip]), ("mouth", [.upperLip, .innerMouth, .lowerLip]),
  ]
  private static let teeth = "teeth"
  private static let all: [(name: String, parts: Set<FacePart>)] =
    FacePart.allCases.map { ($0.name, [$0]) } + unions

  /// All names, for help and messages.
  static var names: String { (all.map(\.name) + [teeth]).joined(separator: ", ") }

  /// What the user calls it.
  let name: String
  private let parts: Set<FacePart>

  init?(argument: String) {
    let name = argument.replacing("-", with: " ").lowercased()
    let known = Self.all.first { $0.name == name }
    guard known != nil || name == Self.teeth else { return nil }
    self.name = name
    parts = known?.parts ?? []
  }

  /// The name as a part of a file's name.
  var fileName: String { name.replacing(" ", with: "-") }

  /// The pixels of the layer.
  func mask(of parsing: FaceParsing, _ photo: Image) -> Mask {
    guard name == Self.teeth else { return parsing.mask(of: parts) }
    return EasyPortraitView(matte: nil, parsing: parsing, of: photo).mask(of: .teeth)
  }
}
