import Dispatch

/// Work shared out to the processors.
enum Parallel {
  /// Returns what `transform` makes of each element, in their order, several at the same time.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    [Result](unsafeUninitializedCapacity: elements.count) { results, count in
      guard let start = results.baseAddress else { return }
      // Each call initializes the place of its own element, and all have ended when `concurrentPerform` returns.
      nonisolated(unsafe) let target = start
      DispatchQueue.concurrentPerform(iterations: elements.count) { index in
        (target + index).initialize(to: transform(elements[index]))
      }
      count = elements.count
    }
  }
}
