import Images
import VisionTasks

// Carrying out commands. What needs no image takes none from it, so that one that cannot be read harms nothing else.
extension Document {
  /// Carries out a command.
  ///
  /// - Parameter image: The document's image.
  /// - Throws: `CommandProblem` when it cannot be carried out; nothing has changed then.
  public mutating func carryOut(_ command: DocumentCommand, image: Image) throws(CommandProblem) {
    let before = (current, selection, hidden)
    switch command {
    case .click(let click): addClick(click)
    case .box(let box): setBox(box)
    case .another: takeNextReading()
    case .clear: clear()
    case .undo: undo()
    case .redo: redo()
    case .go(let step): go(to: step)
    case .removeClick(let index): removeClick(at: index)
    case .flipClick(let index): flipClick(at: index)
    case .new: select(nil)
    case .select(let id): select(id)
    case .selectNext: selectNeighbour(1)
    case .selectPrevious: selectNeighbour(-1)
    case .hide:
      let object = try selectedObject()
      setHidden(!hidden.contains(object.id), object.id)
    case .delete: try changeSelected("delete") { objects, index in objects.remove(at: index) }
    case .duplicate: try duplicate()
    case .raise:
      guard try selectedObject().id != objectIDs.last else { throw .topmost }
      try changeSelected("raise") { $0.swapAt($1, $1 + 1) }
    case .lower:
      guard try selectedObject().id != objectIDs.first else { throw .lowest }
      try changeSelected("lower") { $0.swapAt($1, $1 - 1) }
    case .split: try split()
    case .setClass(let name): try changeSelected("class") { $0[$1].className = name }
    case .draw(let shape, let drawing): try draw(shape, drawing)
    case .flood(let place): try flood(place)
    case .combine(let combination): try combine(combination)
    case .operate(let operation):
      let mask = operation.apply(to: try finishedObject().mask, of: image)
      try changeSelected(operation.rawValue) { $0[$1].mask = mask }
    }
    guard before != (current, selection, hidden) else { throw .nothingToDo }
  }

  private func selectedObject() throws(CommandProblem) -> AnnotatedObject {
    guard let selected else { throw .noSelection }
    return selected
  }

  /// The selected object once its mask is there.
  private func finishedObject() throws(CommandProblem) -> AnnotatedObject {
    let object = try selectedObject()
    guard !isWaiting(object.id) else { throw .waiting }
    return object
  }

  /// Changes the objects around the selected one, whose place is given to the body.
  private mutating func changeSelected(
    _ verb: String, _ body: (inout [AnnotatedObject], Int) -> Void
  ) throws(CommandProblem) {
    let id = try selectedObject().id
    change(verb) { objects in
      if let index = objects.firstIndex(where: { $0.id == id }) { body(&objects, index) }
    }
  }

  private mutating func selectNeighbour(_ offset: Int) {
    let ids = step.objects.map(\.id)
    guard !ids.isEmpty else { return }
    let index = selection.flatMap(ids.firstIndex)
    let next = index.map { ($0 + offset + ids.count) % ids.count } ?? (offset > 0 ? 0 : ids.count - 1)
    select(ids[next])
  }

  private mutating func duplicate() throws(CommandProblem) {
    var copy = try finishedObject()
    copy.id = 0
    copy.base = nil
    copy.step = nil
    change("duplicate") { $0.append(copy) }
  }

  private mutating func split() throws(CommandProblem) {
    let object = try finishedObject()
    let parts = object.mask.parts
    guard parts.count > 1 else { throw .nothingToDo }
    try changeSelected("split") { objects, index in
      objects[index].mask = parts[0]
      let others = parts.dropFirst().map { part in
        AnnotatedObject(mask: part, className: object.className, color: object.color, origin: object.origin)
      }
      objects.insert(contentsOf: others, at: index + 1)
    }
    select(object.id)
  }

  private mutating func draw(
    _ shape: DocumentCommand.Shape, _ drawing: DocumentCommand.Drawing
  ) throws(CommandProblem) {
    let mask = RunLengths(width: width, height: height, shape: shape)
    let verb = shape.verb(drawing)
    guard selection != nil else {
      guard drawing == .draw, !mask.isEmpty else { throw .noSelection }
      let object = AnnotatedObject(mask: mask, className: classOfNew, origin: .brush)
      change(verb) { $0.append(object) }
      return
    }
    let object = try finishedObject()
    let drawn = drawing == .draw ? object.mask.union(mask) : object.mask.subtracting(mask)
    try changeSelected(verb) { $0[$1].mask = drawn }
  }

  private mutating func flood(_ place: ImagePlace) throws(CommandProblem) {
    let object = try finishedObject()
    guard let mask = object.mask.flooded(x: Int(place.x.rounded(.down)), y: Int(place.y.rounded(.down)))
    else {
      throw .notEnclosed
    }
    try changeSelected("flood") { $0[$1].mask = mask }
  }

  /// Gives the selected object what it and the one selected before make; in a union that one is gone.
  private mutating func combine(_ combination: DocumentCommand.Combination) throws(CommandProblem) {
    let object = try finishedObject()
    guard let other = previousSelection.flatMap(self.object), other.id != object.id else {
      throw .noSecondObject
    }
    guard !isWaiting(other.id) else { throw .waiting }
    let mask =
      switch combination {
      case .union: object.mask.union(other.mask)
      case .subtract: object.mask.subtracting(other.mask)
      case .intersect: object.mask.intersection(other.mask)
      }
    try changeSelected(combination.rawValue) { objects, index in
      objects[index].mask = mask
      if combination == .union { objects.removeAll { $0.id == other.id } }
    }
    select(object.id)
  }
}

extension RunLengths {
  /// Makes the mask of a drawn shape.
  public init(width: Int, height: Int, shape: DocumentCommand.Shape) {
    switch shape {
    case .stroke(let points, let thickness):
      self.init(width: width, height: height, strokeThrough: points, thickness: thickness)
    case .polygon(let points): self.init(width: width, height: height, polygon: points)
    case .rectangle(let one, let two): self.init(width: width, height: height, rectangleFrom: one, to: two)
    }
  }
}

extension DocumentCommand.Shape {
  fileprivate func verb(_ drawing: DocumentCommand.Drawing) -> String {
    switch (self, drawing) {
    case (.stroke, .draw): "brush"
    case (.stroke, .erase): "eraser"
    case (.polygon, .draw): "polygon"
    case (.polygon, .erase): "erase-polygon"
    case (.rectangle, .draw): "rectangle"
    case (.rectangle, .erase): "erase-rectangle"
    }
  }
}
