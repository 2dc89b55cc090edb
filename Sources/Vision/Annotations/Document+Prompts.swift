import VisionTasks

// The prompts of the selected object; without a selection they make a new one.
extension Document {
  /// What the user has said about the selected object.
  public var prompts: ClickPrompts { selected?.prompts ?? ClickPrompts() }

  /// Changes the prompts of the selected object or of a new one, as a step; prompts that say nothing remove the object
  /// unless its mask has another source.
  @discardableResult
  public mutating func setPrompts(_ prompts: ClickPrompts, verb: String = "prompts") -> Step.ID? {
    guard let selected else {
      guard !prompts.isEmpty else { return nil }
      let object = AnnotatedObject(
        mask: RunLengths(width: width, height: height), className: classOfNew, origin: .clicks,
        prompts: prompts)
      return change(verb) { $0.append(object) }
    }
    guard prompts != selected.prompts else { return nil }
    if prompts.isEmpty, selected.base == nil { return change(verb) { $0.removeAll { $0.id == selected.id } } }
    return changeObject(selected.id, verb) { object in
      object.prompts = prompts
      guard var base = object.base else { return }
      base.clickCount = min(base.clickCount, prompts.clicks.count)
      object.base = base
      if !object.hasPromptsToAnswer { object.mask = base.mask }
    }
  }

  /// Adds a click.
  @discardableResult
  public mutating func addClick(_ click: Click) -> Step.ID? {
    setPrompts(
      ClickPrompts(clicks: prompts.clicks + [click], box: prompts.box, reading: prompts.reading),
      verb: click.isPositive ? "add" : "exclude")
  }

  /// Sets the box.
  @discardableResult
  public mutating func setBox(_ box: Box) -> Step.ID? {
    setPrompts(
      ClickPrompts(clicks: prompts.clicks, box: box, reading: prompts.reading), verb: "box")
  }

  /// Removes one click, wherever it stands in their order; the mask is then made of the others alone.
  @discardableResult
  public mutating func removeClick(at index: Int) -> Step.ID? {
    guard var prompts = selected?.prompts, prompts.clicks.indices.contains(index) else { return nil }
    prompts.clicks.remove(at: index)
    return setPrompts(prompts, verb: "remove-click")
  }

  /// Turns a positive click into a negative one, and the other way round.
  @discardableResult
  public mutating func flipClick(at index: Int) -> Step.ID? {
    guard var prompts = selected?.prompts, prompts.clicks.indices.contains(index) else { return nil }
    prompts.clicks[index].isPositive.toggle()
    return setPrompts(prompts, verb: "flip-click")
  }

  /// Whether the current mask is one of several that a lone first click may mean.
  public var hasOtherReadings: Bool { (answer?.readingCount ?? 1) > 1 }

  /// Goes on to the next thing that a lone first click may mean.
  @discardableResult
  public mutating func takeNextReading() -> Step.ID? {
    guard let count = answer?.readingCount, count > 1 else { return nil }
    return setPrompts(
      ClickPrompts(clicks: prompts.clicks, box: prompts.box, reading: (prompts.reading + 1) % count),
      verb: "another")
  }

  /// Removes all prompts of the selected object.
  @discardableResult
  public mutating func clear() -> Step.ID? { setPrompts(ClickPrompts(), verb: "clear") }
}
