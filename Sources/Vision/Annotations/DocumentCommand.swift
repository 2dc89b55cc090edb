import VisionTasks

/// Something that is done to a document: the keys of the workbench and the words of `vignette edit` mean the same.
///
///     var document = Document(width: 640, height: 480)
///     try document.carryOut(DocumentCommand("brush 9 10,10 80,20"), image: photo)
public enum DocumentCommand: Sendable, Hashable {
  /// How two objects become one.
  public enum Combination: String, CaseIterable, Sendable { case union, subtract, intersect }
  /// What drawing does to the pixels of a shape.
  public enum Drawing: String, CaseIterable, Sendable { case draw, erase }

  /// A drawn shape.
  public enum Shape: Sendable, Hashable {
    /// A line as thick as a brush, in pixels.
    case stroke([ImagePlace], thickness: Double)
    /// A closed line.
    case polygon([ImagePlace])
    /// Between two opposite corners.
    case rectangle(ImagePlace, ImagePlace)
  }

  case click(Click)
  case box(Box)
  case another, clear, undo, redo
  case go(step: Int)
  case removeClick(Int)
  case flipClick(Int)
  case new
  case select(Int)
  case selectNext, selectPrevious
  case delete, duplicate, raise, lower, split
  case hide
  case setClass(String?)
  case draw(Shape, Drawing)
  case flood(ImagePlace)
  case combine(Combination)
  case operate(MaskOperation)
}

/// Why a command could not be carried out.
public enum CommandProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The words mean nothing.
  case unknown(String)
  /// It needs a selected object.
  case noSelection
  /// It needs an object that was selected before.
  case noSecondObject
  /// Nothing encloses the place.
  case notEnclosed
  /// The object's mask is still being made.
  case waiting
  /// The object cannot be raised.
  case topmost
  /// The object cannot be lowered.
  case lowest
  /// It would change nothing.
  case nothingToDo

  public var description: String {
    switch self {
    case .unknown(let words): "\(words): is no command; vignette edit --help lists them"
    case .noSelection: "no object is selected"
    case .noSecondObject: "select the other object first, then this one"
    case .notEnclosed: "nothing encloses this place"
    case .waiting: "the object's mask is still being made"
    case .topmost: "the object is the topmost already"
    case .lowest: "the object is the lowest already"
    case .nothingToDo: "there is nothing to do"
    }
  }
}
