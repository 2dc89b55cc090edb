import Annotations
import TerminalScreen

/// The panes of objects and of history, and classes.
extension Reducer {
  static func changeObjects(_ state: inout State, _ action: ObjectsAction) -> [Effect] {
    switch action {
    case .pick(let id):
      setFocus(&state, .objects)
      return changePrompts(&state) { $0.select(id) }
    case .toggle(let id):
      return changePrompts(&state) { $0.setHidden(!$0.hidden.contains(id), id) }
    case .showMenu(let id):
      setFocus(&state, .objects)
      let effects = id.map { id in changePrompts(&state) { $0.select(id) } } ?? []
      guard state.document?.selection != nil else {
        state.notice = Notice(kind: .warning, text: "No object is selected")
        return effects
      }
      state.finder = Finder(.objects)
      return effects
    }
  }

  /// Selects the object so many lines further down the list.
  static func moveObjectSelection(_ state: inout State, lines: Int) -> [Effect] {
    let order = ObjectsWindow.order(state)
    guard !order.isEmpty else { return [] }
    let place = state.document?.selection.flatMap { order.firstIndex(of: $0) }
    let next = place.map { ($0 + lines).clamped(to: 0...order.count - 1) } ?? 0
    return changePrompts(&state) { $0.select(order[next]) }
  }

  static func changeHistory(_ state: inout State, _ action: HistoryAction) -> [Effect] {
    let selected = HistoryWindow(state: state).selected
    switch action {
    case .pick(let step):
      setFocus(&state, .history)
      state.selectedStep = step
      return []
    case .go(let step):
      setFocus(&state, .history)
      state.selectedStep = nil
      return changePrompts(&state) { $0.go(to: step ?? selected) }
    case .removeClick: return changeClick(&state, of: selected) { .removeClick($0) }
    case .flipClick: return changeClick(&state, of: selected) { .flipClick($0) }
    }
  }

  private static func changeClick(
    _ state: inout State, of step: Document.Step.ID, _ command: (Int) -> DocumentCommand
  ) -> [Effect] {
    guard let document = state.document, document.click(addedBy: step) != nil else {
      state.notice = Notice(kind: .warning, text: "This step added no click")
      return []
    }
    guard let (object, index) = document.place(ofClickAddedBy: step) else {
      state.notice = Notice(kind: .warning, text: "Its click is not there any more")
      return []
    }
    if document.selection != object { _ = changePrompts(&state) { $0.select(object) } }
    let effects = carryOut(&state, command(index))
    // What was pointed at stays selected, and not the new step.
    state.selectedStep = step
    return effects
  }

  static func setClass(_ state: inout State, _ name: String) -> [Effect] {
    guard let object = state.document?.selected else {
      state.classOfNew = state.classOfNew == name ? nil : name
      let text =
        state.classOfNew.map { "The next objects are of class \($0)" } ?? "The next objects have no class"
      state.notice = Notice(kind: .information, text: text)
      return []
    }
    return carryOut(&state, .setClass(object.className == name ? nil : name))
  }
}

extension State {
  /// The class that a key gives to the selected object; nil for a key without one.
  func classEntry(for key: Key) -> ClassList.Entry? {
    guard key.modifiers.isEmpty, case .character(let character) = key.code,
      CommandTable.objectPanes.contains(context)
    else { return nil }
    return project.classes.entry(forKey: character)
  }

  /// The project's classes, then those that objects of the photo have besides.
  var classNames: [String] {
    let known = project.classes.entries.map(\.name)
    return known + (document?.classNames ?? []).filter { project.classes.index(of: $0) == nil }
  }

  /// The colour that was chosen for an object or its class, and with nil for the next object's; nil for none.
  public func chosenColor(of object: AnnotatedObject?) -> ObjectColor? {
    let className = object == nil ? classOfNew : object?.className
    return object?.color ?? className.flatMap { project.classes[$0]?.color }
  }
}
