import Annotations
import Images
import VisionTasks

/// What portrait and face networks found in the pictures, and how it is looked at.
public struct People: Sendable {
  /// What of it the picture pane shows.
  public enum View: String, Sendable, CaseIterable {
    /// The people of the foreground, the rest faint.
    case portrait
    /// The parts of faces in colours.
    case parts
    /// How undecided the face parser is.
    case uncertainty
    /// What the face parser saw: a face on its tanh-polar map.
    case map = "tanh-polar map"
  }

  /// The people of the foreground.
  public struct Portrait: Sendable {
    public let matte: PortraitMatte
    /// The matte as an object.
    public let objects: [AnnotatedObject]

    /// Makes what is kept of a matte; takes a while for a large picture.
    public init(_ matte: PortraitMatte) {
      self.matte = matte
      objects =
        matte.hasPerson
        ? [AnnotatedObject(mask: RunLengths(matte.mask), className: "person", origin: .model("portrait"))]
        : []
    }
  }

  /// Parsed faces, and how undecided their parser is about each pixel of the picture, as 0...255.
  public struct Faces: Sendable {
    public let parsing: FaceParsing
    public let uncertainties: [UInt8]
    /// The table of parts.
    public let figures: [FaceParsing.PartFigures]
    /// The parts as objects, named as they are called.
    public let objects: [AnnotatedObject]

    /// Makes what is kept of faces; takes a while for a large picture.
    public init(parsing: FaceParsing, uncertainties: [UInt8]) {
      self.parsing = parsing
      self.uncertainties = uncertainties
      figures = parsing.figures
      objects = figures.filter { $0.part != .background && $0.pixels > 0 }.map { line in
        let color = line.part.color
        return AnnotatedObject(
          mask: RunLengths(parsing.mask(of: [line.part])), className: line.part.name,
          color: ObjectColor(red: color.red, green: color.green, blue: color.blue),
          origin: .model("face-parsing"))
      }
    }
  }

  /// Counts what was found, so that a picture of it can be kept until the next.
  public internal(set) var revision = 0
  /// The mattes found so far, by the picture's path.
  public internal(set) var portraits: [String: Portrait] = [:]
  /// The faces found so far, by the picture's path.
  public internal(set) var faces: [String: Faces] = [:]
  /// What is shown; nil for the picture itself.
  public internal(set) var view: View?
  /// The pane in whose place the table of parts stands.
  var paneBeforeParts: Pane?
  /// What is being looked for, and where.
  public internal(set) var running: PeopleRequest?
  /// Parts that are not drawn.
  public internal(set) var hiddenParts: Set<FacePart> = []
  /// The only part that is drawn; nil for all that are not hidden.
  public internal(set) var onlyPart: FacePart?
  /// The selected line of the table of parts.
  public internal(set) var selectedPart = 1
  /// Which face's map is shown, from 0.
  public internal(set) var selectedFace = 0

  public init() {}

  /// How many parts there are, with the ground.
  static let partCount = FacePart.allCases.count

  /// Whether a part is drawn.
  public func isShown(_ part: FacePart) -> Bool {
    part != .background && (onlyPart.map { $0 == part } ?? !hiddenParts.contains(part))
  }
}

/// Something to look for in a picture.
public struct PeopleRequest: Sendable {
  public enum Kind: Sendable { case portrait, faces }
  public var kind: Kind
  /// Path of the picture.
  public var path: String
  public var image: Image

  public init(kind: Kind, path: String, image: Image) {
    self.kind = kind
    self.path = path
    self.image = image
  }
}

/// What can be done about people, and what their networks report.
public enum PeopleAction: Sendable {
  /// Shows the matte, which is looked for first, or the picture again.
  case togglePortrait
  /// Looks for faces, then goes through the views of them and back to the picture.
  case nextFaceView
  /// Goes on to the next face of the map.
  case nextFace
  /// Gives the table the keyboard and selects a part, by its place in the table of all.
  case selectPart(Int, toggles: Bool)
  case toggleSelectedPart
  case toggleOnlySelectedPart
  /// Makes objects of what is shown.
  case keepAsObjects

  case portraitFound(path: String, People.Portrait, LayerTable?)
  case facesFound(path: String, People.Faces)
  case failed(path: String, message: String)

  /// Whether this comes from an effect and not from the user.
  var isReport: Bool {
    switch self {
    case .portraitFound, .facesFound, .failed: true
    case .togglePortrait, .nextFaceView, .nextFace, .selectPart, .toggleSelectedPart,
      .toggleOnlySelectedPart, .keepAsObjects:
      false
    }
  }
}

/// What the drawing of people depends on besides the picture; equal ones look the same.
public struct PeopleLook: Equatable, Sendable {
  /// What is shown.
  public let view: People.View
  let revision, face: Int
  let hidden: Set<FacePart>
  let only: FacePart?
}

extension State {
  /// How people are drawn; nil where nothing of them is.
  public var peopleLook: PeopleLook? {
    peopleView.map {
      PeopleLook(
        view: $0, revision: people.revision, face: people.selectedFace, hidden: people.hiddenParts,
        only: people.onlyPart)
    }
  }

  /// The matte of the open picture.
  public var portrait: People.Portrait? { view.flatMap { people.portraits[$0.path] } }

  /// The faces of the open picture.
  public var faces: People.Faces? { view.flatMap { people.faces[$0.path] } }

  /// What of people the picture pane shows: what was asked for, as far as the open picture has it.
  public var peopleView: People.View? {
    switch people.view {
    case .portrait: portrait == nil ? nil : .portrait
    case .map: faces?.parsing.faces.isEmpty == false ? .map : nil
    case .parts, .uncertainty: faces == nil ? nil : people.view
    case nil: nil
    }
  }

  /// The face whose map is shown.
  public var selectedFace: ParsedFace? {
    guard let faces = faces?.parsing.faces, !faces.isEmpty else { return nil }
    return faces[people.selectedFace % faces.count]
  }

  /// Whether the table of parts stands in the place of the layers.
  public var hasPartTable: Bool { peopleView != nil && peopleView != .portrait }
}
