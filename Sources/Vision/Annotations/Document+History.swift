import VisionTasks

// The tree of steps. Undoing goes to the step before, redoing to the one after that was visited last, so that a
// change after some undoing begins a branch and loses nothing.
extension Document {
  /// Whether there is a step to go back to.
  public var canUndo: Bool { step.previous != nil }

  /// Whether there is a step to go forward to.
  public var canRedo: Bool { step.next != nil }

  /// Goes back to the step before; does nothing at the first.
  public mutating func undo() {
    if let previous = step.previous { perform(.go(previous)) }
  }

  /// Goes forward to the step after that was visited last; does nothing at the end of a branch.
  public mutating func redo() {
    if let next = step.next { perform(.go(next)) }
  }

  /// Goes to any step that ever was; does nothing for another number.
  public mutating func go(to id: Step.ID) {
    if steps.indices.contains(id), id != current { perform(.go(id)) }
  }

  /// The steps on the way to the current one and on from it by redoing.
  public var branch: Set<Step.ID> {
    var result: Set<Step.ID> = []
    var before: Step.ID? = current
    while let id = before {
      result.insert(id)
      before = steps[id].previous
    }
    var after = step.next
    while let id = after {
      result.insert(id)
      after = steps[id].next
    }
    return result
  }

  /// Returns the class that an object had after a step; nil for none.
  public func className(of object: AnnotatedObject.ID, after id: Step.ID) -> String? {
    steps[id].objects.first { $0.id == object }?.className
  }

  /// Returns the click that a step added, with the object that it is about; nil for a step that did something else.
  public func click(addedBy id: Step.ID) -> (object: AnnotatedObject.ID, click: Click)? {
    guard steps.indices.contains(id), let previous = steps[id].previous, steps[id].changed.count == 1,
      let object = steps[id].objects.first(where: { $0.id == steps[id].changed[0] }),
      let last = object.prompts.clicks.last
    else { return nil }
    let before = steps[previous].objects.first { $0.id == object.id }?.prompts.clicks ?? []
    return before == object.prompts.clicks.dropLast() ? (object.id, last) : nil
  }

  /// Returns the place among the clicks of its object of the one that a step added, wherever it is now; nil when it is
  /// gone.
  public func place(ofClickAddedBy id: Step.ID) -> (object: AnnotatedObject.ID, index: Int)? {
    guard let (number, click) = click(addedBy: id),
      let clicks = step.objects.first(where: { $0.id == number })?.prompts.clicks,
      let index = clicks.firstIndex(where: { $0.x == click.x && $0.y == click.y })
    else { return nil }
    return (number, index)
  }
}
