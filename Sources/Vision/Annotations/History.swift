/// States that can be walked back and forth and are never lost.
///
/// A change after some undoing does not drop the undone states: it first records the way back, so that undoing
/// again passes through every state that ever was. With states A B C, undoing twice and changing to D leaves
///
///     A B C B A D
struct History<State: Sendable>: Sendable {
  private(set) var states: [State]
  private(set) var position = 0

  /// Starts a history at `state`.
  init(_ state: State) { states = [state] }

  var current: State { states[position] }
  var canUndo: Bool { position > 0 }
  var canRedo: Bool { position < states.count - 1 }

  /// Makes `state` the current one, behind all others.
  mutating func record(_ state: State) {
    states += states[position..<states.count - 1].reversed()
    states.append(state)
    position = states.count - 1
  }

  /// Steps to the state before; does nothing at the first.
  mutating func undo() { position = max(position - 1, 0) }

  /// Steps to the state after; does nothing at the last.
  mutating func redo() { position = min(position + 1, states.count - 1) }
}
