import VisionTasks

/// One thing that happened to a document: a line of its journal.
public enum JournalEntry: Sendable, Hashable {
  /// The first line: what the journal is about.
  case begin(Header)
  /// A step was taken.
  case edit(Edit)
  /// A network answered the prompts of a step.
  case answer(AnswerRecord)
  /// An earlier or undone step was gone to.
  case go(Int)
  /// An object was selected, or none.
  case select(Int?)
  /// These objects are not drawn from here on.
  case hide([Int])

  /// What a journal is about.
  public struct Header: Sendable, Hashable, Codable {
    /// The version of the format.
    public static let version = 1
    /// The version that the journal is written in.
    public var version = Self.version
    /// The file name of the image.
    public var image: String
    /// The image's columns and rows.
    public var width, height: Int

    /// Makes a header.
    public init(image: String, width: Int, height: Int) {
      self.image = image
      self.width = width
      self.height = height
    }
  }

  /// What a step changed.
  public struct Edit: Sendable, Hashable, Codable {
    /// The step's number, and that of the step it changed.
    public var id, previous: Int
    /// The name of the command.
    public var verb: String
    /// The objects that it added, changed or removed.
    public var changes: [ObjectChange]
    /// All objects from the lowest to the topmost; nil when new ones lie on top and nothing else moved.
    public var order: [Int]?

    private enum CodingKeys: String, CodingKey {
      case id
      case previous = "of"
      case verb, changes, order
    }
  }

  /// What a step made of an object.
  public struct ObjectChange: Sendable, Hashable {
    /// The object.
    public var id: Int
    /// The object from here on; nil when it was removed.
    public var state: ObjectState?
  }

  /// An object as a step leaves it.
  public struct ObjectState: Sendable, Hashable {
    /// The name of its class.
    public var className: String?
    /// Its own colour.
    public var color: ObjectColor?
    /// How it came to be.
    public var origin: AnnotatedObject.Origin
    /// The clicks and the box that it was made with.
    public var prompts: ClickPrompts
    /// Its mask, if the step changed it.
    public var mask: MaskText?
    /// How many of the clicks the mask that prompts refine includes; nil when they started from nothing.
    public var baseClickCount: Int?
  }

  /// A mask in COCO's compressed text.
  public enum MaskText: Sendable, Hashable {
    /// All of it.
    case whole(String)
    /// The pixels in which it differs from the one before.
    case flipped(String)

    /// The shorter of both.
    init(_ mask: RunLengths, before: RunLengths?) {
      let whole = mask.text
      let flips = before.map { mask.symmetricDifference($0).text }
      self = flips.flatMap { $0.utf8.count < whole.utf8.count ? .flipped($0) : nil } ?? .whole(whole)
    }
  }

  /// What a network answered.
  public struct AnswerRecord: Sendable, Hashable, Codable {
    /// The step whose prompts were answered.
    public var step: Int
    /// The object whose prompts they are; nil in journals from when a step asked about one object at most.
    public var object: Int?
    /// The mask in COCO's compressed text.
    public var mask: String
    /// The network's own estimate of the intersection over union, in 0...1.
    public var predictedIoU: Double
    /// How many answers a lone first click has.
    public var readingCount: Int
  }
}
