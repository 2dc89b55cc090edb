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
}
