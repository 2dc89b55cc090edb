import Images
import VisionTasks

/// The annotation of one image: the prompts given so far, what they led to, and all their history.
///
///     var document = Document(width: photo.width, height: photo.height)
///     let step = document.addClick(Click(x: 120, y: 200))
///     document.setSegmentation(result, for: step)
///     document.undo()
public struct Document: Sendable {
  /// One state of the prompts.
  public struct Step: Sendable, Identifiable {
    /// Different for each change of the prompts; undoing and redoing come back to the same.
    public let id: Int
    /// The step that the prompts were changed from; nil for the first.
    public let previous: Int?
    /// What the user had said by then.
    public let prompts: ClickPrompts
  }

  /// Bytes of masks and logits that are kept; those of older steps are made again when undoing comes back to them.
  public static let maskByteLimit = 512_000_000

  /// The image's columns and rows.
  public let width, height: Int
  private var history = History(Step(id: 0, previous: nil, prompts: ClickPrompts()))
  private var lastID = 0
  private var segmentations: [Step.ID: Segmentation] = [:]
  private var savedStep: Step.ID?

  /// Makes a document without prompts for an image of the given size.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The current state of the prompts.
  public var step: Step { history.current }
  /// What the user has said.
  public var prompts: ClickPrompts { step.prompts }
  /// What the current prompts led to; nil before a network has answered.
  public var segmentation: Segmentation? { segmentations[step.id] }
  /// What the prompts led to before their last change, for a network to refine.
  public var previousSegmentation: Segmentation? { step.previous.flatMap { segmentations[$0] } }
  /// What must be segmented for the current prompts to have a mask: the steps on the way to them that lack one,
  /// oldest first, and the result that the first of them refines.
  ///
  /// Each step refines the one before it, so that the mask depends on the prompts alone and not on how quickly
  /// they were given.
  public var stepsToSegment: (previous: Segmentation?, steps: [Step]) {
    var steps: [Step] = []
    var next: Step? = step
    while let step = next, !step.prompts.isEmpty {
      if let segmentation = segmentations[step.id] { return (segmentation, steps.reversed()) }
      steps.append(step)
      next = history.states.first { $0.id == step.previous }
    }
    return (nil, steps.reversed())
  }
  /// Whether there is a step to go back to.
  public var canUndo: Bool { history.canUndo }
  /// Whether there is a step to go forward to.
  public var canRedo: Bool { history.canRedo }
  /// Whether the current prompts led to a mask that no file holds.
  public var isDirty: Bool { !prompts.isEmpty && step.id != savedStep }

  /// Changes the prompts, as a step that can be undone, and returns it; the same prompts make no new step.
  @discardableResult
  public mutating func setPrompts(_ prompts: ClickPrompts) -> Step.ID {
    guard prompts != self.prompts else { return step.id }
    lastID += 1
    history.record(Step(id: lastID, previous: step.id, prompts: prompts))
    return lastID
  }

  /// Adds a click, as a step that can be undone.
  @discardableResult
  public mutating func addClick(_ click: Click) -> Step.ID {
    setPrompts(
      ClickPrompts(clicks: prompts.clicks + [click], box: prompts.box, reading: prompts.reading))
  }

  /// Sets the box, as a step that can be undone.
  @discardableResult
  public mutating func setBox(_ box: Box) -> Step.ID {
    setPrompts(ClickPrompts(clicks: prompts.clicks, box: box, reading: prompts.reading))
  }

  /// Whether the current mask is one of several that a lone first click may mean.
  public var hasOtherReadings: Bool { (segmentation?.readingCount ?? 1) > 1 }

  /// Goes on to the next thing that a lone first click may mean, as a step that can be undone.
  @discardableResult
  public mutating func takeNextReading() -> Step.ID {
    guard let count = segmentation?.readingCount, count > 1 else { return step.id }
    return setPrompts(
      ClickPrompts(clicks: prompts.clicks, box: prompts.box, reading: (prompts.reading + 1) % count))
  }

  /// Removes all prompts, as a step that can be undone.
  @discardableResult
  public mutating func clear() -> Step.ID { setPrompts(ClickPrompts()) }

  /// Steps back; does nothing at the first step.
  public mutating func undo() { history.undo() }

  /// Steps forward; does nothing at the last step.
  public mutating func redo() { history.redo() }

  /// Keeps what the prompts of a step led to; the step need not be the current one.
  public mutating func setSegmentation(_ segmentation: Segmentation, for id: Step.ID) {
    precondition(
      segmentation.mask.width == width && segmentation.mask.height == height, "The mask has the image's size")
    segmentations[id] = segmentation
    let most = max(Self.maskByteLimit / segmentation.byteCount, 2)
    let kept = [step.id, step.previous, id]
    for old in segmentations.keys.sorted() where segmentations.count > most && !kept.contains(old) {
      segmentations[old] = nil
    }
  }

  /// Writes the current mask as PNG and notes that it is saved; nothing is written while there is no mask.
  ///
  /// - Throws: `ImageError.exists` or `.unwritable`.
  public mutating func saveMask(to path: String, overwrite: Bool) throws(ImageError) {
    guard let segmentation else { return }
    try ImageFile.savePNG(segmentation.mask, to: path, overwrite: overwrite)
    markSaved(step.id)
  }

  /// Notes that a file holds the mask of a step.
  public mutating func markSaved(_ id: Step.ID) { savedStep = id }
}
