import VisionTasks

/// The annotation of one image: its objects from the lowest to the topmost, and the tree of all states they were ever in.
///
///     var document = Document(width: photo.width, height: photo.height)
///     document.addClick(Click(x: 120, y: 200))
///     document.change("fill-holes") { objects in objects[0].mask = objects[0].mask.fillingHoles() }
///     document.undo()
///     journal.append(document.takeEntries())
///
/// Every change is a `JournalEntry` that is applied and kept until `takeEntries`; a document made of the same entries is
/// the same, bit for bit, without a network.
public struct Document: Sendable {
  /// One state of the objects.
  public struct Step: Sendable, Equatable, Identifiable {
    /// The step's place among all, in the order in which they were taken; 0 is the empty document.
    public let id: Int
    /// The step that it changed; nil for the first.
    public let previous: Int?
    /// What was done, by the name of its command.
    public let verb: String
    /// The objects that it added, changed or removed.
    public let changed: [AnnotatedObject.ID]
    /// The objects, whose masks may still be missing; see `Document.objects(at:)`.
    let objects: [AnnotatedObject]
    /// The step that redoing leads to: the one taken or visited last.
    var next: Int?
  }

  /// Bytes of masks and logits that are kept for refining; those of older steps are made again when needed.
  public static let segmentationByteLimit = 512_000_000

  /// The image's columns and rows.
  public let width, height: Int
  /// All steps by their `id`.
  public internal(set) var steps: [Step]
  /// The step that is shown.
  public internal(set) var current = 0
  /// The object that clicks are about; nil for one that the next click makes.
  public internal(set) var selection: AnnotatedObject.ID?
  /// The object that was selected before; what two-object commands take for their second.
  public internal(set) var previousSelection: AnnotatedObject.ID?
  /// Objects that are not drawn.
  public internal(set) var hidden: Set<AnnotatedObject.ID> = []
  /// The class of objects that are made from here on; nil for none.
  public var classOfNew: String?
  /// What prompts led to.
  var answers: [PromptID: Answer] = [:]
  /// The highest number that an object has had.
  public internal(set) var lastObjectID = 0
  /// Networks' results to refine.
  package var segmentations: [PromptID: Segmentation] = [:]
  private var entries: [JournalEntry] = []
  private var savedStep: Step.ID?

  /// Makes a document without objects for an image of the given size.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "An image has pixels, this one is \(width)x\(height)")
    self.width = width
    self.height = height
    steps = [Step(id: 0, previous: nil, verb: "begin", changed: [], objects: [])]
  }

  /// The step that is shown.
  public var step: Step { steps[current] }

  /// The objects from the lowest to the topmost.
  public var objects: [AnnotatedObject] { objects(at: current) }

  /// Returns the objects of any step.
  public func objects(at id: Step.ID) -> [AnnotatedObject] {
    steps[id].objects.map(materialized)
  }

  /// Returns an object of the current step; nil when it has none of this number.
  public func object(_ id: AnnotatedObject.ID) -> AnnotatedObject? {
    step.objects.first { $0.id == id }.map(materialized)
  }

  /// The numbers of the objects from the lowest to the topmost.
  public var objectIDs: [AnnotatedObject.ID] { step.objects.map(\.id) }

  /// The classes that objects have, each once, by their names' order.
  public var classNames: [String] { Set(step.objects.compactMap(\.className)).sorted() }

  /// The selected object.
  public var selected: AnnotatedObject? { selection.flatMap(object) }

  /// Returns an object of a step with the mask that its prompts led to, or before that is known, with the one that they
  /// are to change.
  func materialized(_ object: AnnotatedObject) -> AnnotatedObject {
    var result = object
    var earlier: AnnotatedObject? = object
    while let asked = earlier?.asked {
      if let answer = answers[asked] {
        result.mask = answer.mask
        return result
      }
      earlier = steps[asked.step].previous.flatMap { steps[$0].objects.first { $0.id == object.id } }
    }
    if let earlier { result.mask = earlier.mask }
    return result
  }

  /// Applies what was done and notes it for the journal.
  ///
  /// - Precondition: The entry fits the document.
  mutating func perform(_ entry: JournalEntry) {
    do {
      try apply(entry)
    } catch {
      preconditionFailure("A change does not fit its document: \(error)")
    }
    entries.append(entry)
  }

  /// Returns what was done since the last call, for the journal.
  public mutating func takeEntries() -> [JournalEntry] {
    defer { entries = [] }
    return entries
  }

  /// Whether something was done since `takeEntries` was called last.
  public var hasEntries: Bool { !entries.isEmpty }

  /// Whether anything is marked.
  public var hasObjects: Bool { !step.objects.isEmpty }

  /// Whether objects were changed since a file was written last.
  public var isDirty: Bool { hasObjects && current != savedStep }

  /// Notes that a file holds the objects of a step.
  public mutating func markSaved(_ id: Step.ID) { savedStep = id }
}

extension Document: Equatable {
  /// Whether two documents hold the same objects, selection and history; what networks are to refine does not count.
  public static func == (one: Document, other: Document) -> Bool {
    one.width == other.width && one.height == other.height && one.current == other.current
      && one.selection == other.selection && one.previousSelection == other.previousSelection
      && one.hidden == other.hidden && one.answers == other.answers && one.steps == other.steps
  }
}
