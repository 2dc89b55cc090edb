import VisionTasks

// From prompts to masks: what a network must be asked, and what it answered.
extension Document {
  /// The prompts of an object as a step left them.
  public struct PromptID: Sendable, Hashable, Comparable {
    /// The step that changed them.
    public var step: Step.ID
    /// The object.
    public var object: AnnotatedObject.ID

    public static func < (one: PromptID, other: PromptID) -> Bool {
      (one.step, one.object) < (other.step, other.object)
    }
  }

  /// What the prompts of a step led to.
  public struct Answer: Sendable, Hashable {
    /// The pixels.
    public var mask: RunLengths
    /// The network's own estimate of the mask's intersection over union with the object meant, in 0...1.
    public var predictedIoU: Double
    /// How many answers a lone first click has.
    public var readingCount: Int

    /// Makes an answer.
    public init(mask: RunLengths, predictedIoU: Double, readingCount: Int = 1) {
      self.mask = mask
      self.predictedIoU = predictedIoU
      self.readingCount = readingCount
    }
  }

  /// A step whose prompts are to be answered.
  public struct Question: Sendable, Hashable {
    /// The step, to give the answer back to.
    public var step: Step.ID
    /// The object that the prompts are about.
    public var object: AnnotatedObject.ID
    /// What the user had said by then.
    public var prompts: ClickPrompts
    /// The mask that the prompts refine; nil when they start from nothing.
    public var base: AnnotatedObject.Base?
    /// Whether the answer to the question before is refined; else the clicks are given one after another from `base`.
    public var refinesPrevious: Bool
  }

  /// The questions on the way to an object's mask, oldest first.
  ///
  /// Each refines the one before it, so that the mask depends on the prompts alone and not on how quickly they were
  /// given.
  public struct QuestionChain: Sendable {
    /// What the first question refines.
    public var previous: Segmentation?
    /// The questions.
    public var questions: [Question]
  }

  /// What a network must be asked for all objects of the current step to have their masks; the selected one, whose user
  /// is waiting, comes first.
  public var openQuestions: [QuestionChain] {
    let open = step.objects.filter { $0.asked.map { answers[$0] == nil } ?? false }
    return (open.filter { $0.id == selection } + open.filter { $0.id != selection }).map(chain)
  }

  private func chain(to object: AnnotatedObject) -> QuestionChain {
    var questions: [Question] = []
    var next: AnnotatedObject? = object
    while let object = next, let asked = object.asked {
      if let known = segmentations[asked] {
        return QuestionChain(previous: known, questions: questions.reversed())
      }
      let earlier = steps[asked.step].previous.flatMap { steps[$0].objects.first { $0.id == object.id } }
      let refines = earlier.map { $0.step != nil && object.prompts.isContinuation(of: $0.prompts) } ?? false
      questions.append(
        Question(
          step: asked.step, object: object.id, prompts: object.prompts, base: object.base,
          refinesPrevious: refines))
      next = refines ? earlier : nil
    }
    return QuestionChain(previous: nil, questions: questions.reversed())
  }

  /// What the current prompts of the selected object led to; nil before a network has answered.
  public var answer: Answer? { selected?.asked.flatMap { answers[$0] } }

  /// A network's result for the current prompts of the selected object, with its probabilities; nil when there is none
  /// in memory.
  public var segmentation: Segmentation? { selected?.asked.flatMap { segmentations[$0] } }

  /// Whether an object's mask is still to be made.
  public func isWaiting(_ id: AnnotatedObject.ID) -> Bool {
    step.objects.first { $0.id == id }?.asked.map { answers[$0] == nil } ?? false
  }

  /// Keeps what the prompts of a step led to, which need not be the current one; a mask that is known already stays.
  ///
  /// - Parameters:
  ///   - segmentation: The network's result, kept in memory for further prompts to refine.
  ///   - object: The object whose prompts they are; nil for the only one whose prompts the step changed.
  public mutating func setAnswer(
    _ answer: Answer, _ segmentation: Segmentation?, for step: Step.ID, of object: AnnotatedObject.ID? = nil
  ) {
    precondition(answer.mask.width == width && answer.mask.height == height, "A mask has the image's size")
    let id = promptID(step, object)
    if answers[id] == nil {
      perform(
        .answer(
          JournalEntry.AnswerRecord(
            step: id.step, object: id.object, mask: answer.mask.text, predictedIoU: answer.predictedIoU,
            readingCount: answer.readingCount)))
    }
    guard let segmentation else { return }
    segmentations[id] = segmentation
    let most = max(Self.segmentationByteLimit / segmentation.byteCount, 2)
    let kept = [id, selected?.asked]
    for old in segmentations.keys.sorted() where segmentations.count > most && !kept.contains(old) {
      segmentations[old] = nil
    }
  }
}

extension Document {
  /// The prompts that a step changed: those of an object, or where that is not told of the one that it asked about.
  func promptID(_ step: Step.ID, _ object: AnnotatedObject.ID?) -> PromptID {
    PromptID(step: step, object: object ?? steps[step].objects.first { $0.step == step }?.id ?? 0)
  }
}

extension ClickPrompts {
  /// Whether these are other prompts with something added, which refines what the others led to; removing or turning
  /// a click starts over.
  fileprivate func isContinuation(of other: ClickPrompts) -> Bool {
    clicks.starts(with: other.clicks) && (other.box == nil || box != nil) && !other.isEmpty
  }
}
