import VisionTasks

// The one place where a document changes, for what the user does and for what a journal holds alike.
extension Document {
  /// Applies an entry of a journal.
  ///
  /// - Throws: `AnnotationError.unfitting` or `.damagedMask` for an entry that does not fit; the document stays as it was.
  public mutating func apply(_ entry: JournalEntry) throws(AnnotationError) {
    switch entry {
    case .begin(let header):
      guard header.width == width, header.height == height else {
        throw .unfitting(
          "is of an image of \(header.width)x\(header.height), this one has \(width)x\(height)")
      }
    case .edit(let edit): try apply(edit)
    case .answer(let record): try apply(record)
    case .go(let id):
      guard steps.indices.contains(id) else { throw .unfitting("names step \(id), which is not there") }
      move(to: id)
    case .select(let id):
      guard id.map({ id in step.objects.contains { $0.id == id } }) ?? true else {
        throw .unfitting("selects an object that is not there")
      }
      setSelection(id)
    case .hide(let ids): hidden = Set(ids)
    }
  }

  /// The highest number that an object of a journal may have.
  private static let objectLimit = 1_000_000_000

  private mutating func apply(_ edit: JournalEntry.Edit) throws(AnnotationError) {
    guard edit.id == steps.count else {
      throw .unfitting("has step \(edit.id) where \(steps.count) is due")
    }
    guard steps.indices.contains(edit.previous) else {
      throw .unfitting("changes step \(edit.previous), which is not there")
    }
    let ids = edit.changes.map(\.id)
    guard Set(ids).count == ids.count, ids.allSatisfy((1...Self.objectLimit).contains) else {
      throw .unfitting("changes an object twice, or one of an impossible number")
    }
    var objects = steps[edit.previous].objects
    for change in edit.changes {
      let index = objects.firstIndex { $0.id == change.id }
      switch (change.state, index) {
      case (nil, let index?): objects.remove(at: index)
      case (nil, nil): throw .unfitting("removes object \(change.id), which is not there")
      case (let state?, let index):
        let object = try object(
          change.id, state, before: index.map { materialized(objects[$0]) }, step: edit.id)
        if let index { objects[index] = object } else { objects.append(object) }
      }
    }
    if let order = edit.order {
      guard order.sorted() == objects.map(\.id).sorted(), Set(order).count == order.count else {
        throw .unfitting("orders other objects than there are")
      }
      objects = order.compactMap { id in objects.first { $0.id == id } }
    }
    lastObjectID = max(lastObjectID, edit.changes.map(\.id).max() ?? 0)
    steps.append(
      Step(
        id: edit.id, previous: edit.previous, verb: edit.verb, changed: edit.changes.map(\.id),
        objects: objects))
    move(to: edit.id)
  }

  /// Makes the object of a change.
  private func object(
    _ id: AnnotatedObject.ID, _ state: JournalEntry.ObjectState, before: AnnotatedObject?, step: Step.ID
  ) throws(AnnotationError) -> AnnotatedObject {
    let empty = RunLengths(width: width, height: height)
    var object = AnnotatedObject(
      mask: before?.mask ?? empty, className: state.className, color: state.color, origin: state.origin,
      prompts: state.prompts)
    object.id = id
    object.base = state.baseClickCount.flatMap { count in
      before?.base.map { AnnotatedObject.Base(mask: $0.mask, clickCount: count) }
    }
    object.step = before?.step
    switch state.mask {
    case nil:
      if state.prompts != before?.prompts { object.step = object.hasPromptsToAnswer ? step : nil }
    case .whole(let text):
      object.mask = try RunLengths(width: width, height: height, text: text)
      object.step = nil
    case .flipped(let text):
      let flips = try RunLengths(width: width, height: height, text: text)
      object.mask = (before?.mask ?? empty).symmetricDifference(flips)
      object.step = nil
    }
    if state.mask != nil {
      object.base = state.baseClickCount.map { AnnotatedObject.Base(mask: object.mask, clickCount: $0) }
    }
    return object
  }

  private mutating func apply(_ record: JournalEntry.AnswerRecord) throws(AnnotationError) {
    guard steps.indices.contains(record.step) else {
      throw .unfitting("answers step \(record.step), which is not there")
    }
    answers[promptID(record.step, record.object)] = Answer(
      mask: try RunLengths(width: width, height: height, text: record.mask),
      predictedIoU: record.predictedIoU, readingCount: record.readingCount)
  }

  /// Shows a step, makes redoing lead along it, and selects what it is about.
  private mutating func move(to id: Step.ID) {
    let isUndo = steps[current].previous == id
    let touched = isUndo ? steps[current].changed : steps[id].changed
    current = id
    var child = id
    while let parent = steps[child].previous {
      steps[parent].next = child
      child = parent
    }
    let present = Set(step.objects.map(\.id))
    let wanted = touched.last { present.contains($0) } ?? selection
    setSelection(wanted.flatMap { present.contains($0) ? $0 : nil })
  }

  private mutating func setSelection(_ id: AnnotatedObject.ID?) {
    guard id != selection else { return }
    if selection != nil { previousSelection = selection }
    selection = id
  }
}
