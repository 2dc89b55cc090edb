import Synchronization
import TerminalScreen
import WorkbenchCore

/// Actions that other threads leave for the interface thread, which it takes in order.
final class Mailbox: Sendable {
  private let actions = Mutex<[Action]>([])
  private let waker: Waker

  init(waker: Waker) { self.waker = waker }

  /// Leaves an action and wakes the interface thread.
  func post(_ action: Action) {
    actions.withLock { $0.append(action) }
    waker.wake()
  }

  /// Everything posted since the last call.
  func takeAll() -> [Action] {
    actions.withLock { actions in
      defer { actions = [] }
      return actions
    }
  }
}
