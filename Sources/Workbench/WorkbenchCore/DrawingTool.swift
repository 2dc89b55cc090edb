import Annotations

/// What the mouse buttons and Enter do on the picture.
public enum DrawingTool: String, CaseIterable, Sendable {
  case click, brush, eraser, rectangle, polygon, lasso

  /// What there is to know while it is in hand.
  var advice: String {
    switch self {
    case .click: "Clicks ask the network"
    case .brush: "Drag to paint, right drag to erase; or Enter, move, Enter"
    case .eraser: "Drag to erase; or Enter, move, Enter"
    case .rectangle: "Drag a rectangle; or Enter at two corners"
    case .polygon: "Click corners, then the first one again; or Enter at each, then the tool's key"
    case .lasso: "Drag around the object; or Enter, move around it, Enter"
    }
  }

  /// Whether it paints as wide as the brush.
  public var isBrush: Bool { self == .brush || self == .eraser }

  /// Whether the pointer's whole way counts and not its ends alone.
  var followsPointer: Bool { self == .brush || self == .eraser || self == .lasso }
}

/// A shape that is being drawn.
public struct Sketch: Equatable, Sendable {
  /// The places so far, at the centres of pixels.
  public internal(set) var points: [ImagePlace]
  /// Whether it takes away.
  public var erases: Bool
  /// The selected object's mask with what a brush did so far; nil for outlines.
  public internal(set) var preview: RunLengths?
}

/// What can be asked of objects besides clicks.
public enum EditingAction: Sendable {
  case command(DocumentCommand)
  case floodAtCrosshair
  /// Remove or turn the click that is nearest to the crosshair.
  case removeNearestClick
  case flipNearestClick
  case pick(DrawingTool)
  /// Make the brush larger or smaller by steps.
  case changeBrush(Int)
  case copyToNext
  /// Give the selected object a class, or take it away when it is that of the object; without a selection, choose the
  /// class of the next objects.
  case setClass(String)
  /// Enter with a tool in hand.
  case drawAtCrosshair(erases: Bool)
  case dropSketch
}
