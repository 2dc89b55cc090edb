import VisionTasks

// What is done to objects; each change is a step that can be undone.
extension Document {
  /// Changes the objects in any way, as one step, and returns it; nil when nothing changed.
  ///
  /// An object whose prompts changed and whose mask did not waits for a network's answer; one whose mask changed keeps
  /// its prompts, and further ones refine that mask. New objects get their `id` here.
  ///
  /// - Parameters:
  ///   - verb: The name of the command, for the journal and the list of steps.
  ///   - body: Changes objects in place, adds and removes them, and orders them from the lowest to the topmost.
  @discardableResult
  public mutating func change(_ verb: String, _ body: (inout [AnnotatedObject]) -> Void) -> Step.ID? {
    let before = objects
    var after = before
    body(&after)
    for object in after {
      precondition(
        object.mask.width == width && object.mask.height == height, "A mask has the image's size")
    }
    var next = lastObjectID
    for index in after.indices where !before.contains(where: { $0.id == after[index].id }) {
      next += 1
      after[index].id = next
    }
    let kept = Set(after.map(\.id))
    precondition(kept.count == after.count, "No object is there twice")
    var changes = before.filter { !kept.contains($0.id) }.map {
      JournalEntry.ObjectChange(id: $0.id, state: nil)
    }
    for object in after {
      let old = before.first { $0.id == object.id }
      if old != object { changes.append(Self.change(from: old, to: object)) }
    }
    let usual =
      before.map(\.id).filter(kept.contains)
      + after.map(\.id).filter { id in !before.contains { $0.id == id } }
    let order = after.map(\.id) == usual ? nil : after.map(\.id)
    guard !changes.isEmpty || order != nil else { return nil }
    perform(
      .edit(
        JournalEntry.Edit(
          id: steps.count, previous: current, verb: verb, changes: changes, order: order)))
    return current
  }

  private static func change(
    from old: AnnotatedObject?, to object: AnnotatedObject
  ) -> JournalEntry.ObjectChange {
    var state = JournalEntry.ObjectState(
      className: object.className, color: object.color, origin: object.origin, prompts: object.prompts,
      mask: nil, baseClickCount: object.base?.clickCount)
    let isNewMask = old.map { $0.mask != object.mask } ?? !object.mask.isEmpty
    if isNewMask {
      state.mask = JournalEntry.MaskText(object.mask, before: old?.mask)
      state.baseClickCount = object.mask.isEmpty && object.prompts.isEmpty ? nil : object.prompts.clicks.count
    }
    return JournalEntry.ObjectChange(id: object.id, state: state)
  }

  /// Adds objects on top of all others, as one step, and returns their numbers.
  @discardableResult
  public mutating func add(_ objects: [AnnotatedObject], verb: String) -> [AnnotatedObject.ID] {
    let count = self.objects.count
    // The number of an object of another document means nothing here.
    let new = objects.map { object in
      var object = object
      object.id = 0
      object.base = nil
      object.step = nil
      return object
    }
    guard change(verb, { $0 += new }) != nil else { return [] }
    return self.objects[count...].map(\.id)
  }

  /// Changes one object, as one step; nil when it is not there or nothing changed.
  @discardableResult
  public mutating func changeObject(
    _ id: AnnotatedObject.ID, _ verb: String, _ body: (inout AnnotatedObject) -> Void
  ) -> Step.ID? {
    change(verb) { objects in
      if let index = objects.firstIndex(where: { $0.id == id }) { body(&objects[index]) }
    }
  }

  /// Selects an object, or with nil lets the next click make one.
  public mutating func select(_ id: AnnotatedObject.ID?) {
    guard id != selection, id.map({ id in step.objects.contains { $0.id == id } }) ?? true else { return }
    perform(.select(id))
  }

  /// Draws an object or no longer draws it.
  public mutating func setHidden(_ isHidden: Bool, _ id: AnnotatedObject.ID) {
    guard isHidden != hidden.contains(id) else { return }
    perform(.hide((isHidden ? hidden.union([id]) : hidden.subtracting([id])).sorted()))
  }
}
