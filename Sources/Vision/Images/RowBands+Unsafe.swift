import Dispatch

/// Shares the rows of a picture out to the processors.
package enum RowBands {
  /// Calls `body` at the same time with disjoint ranges that make up `0..<height`, and waits for all.
  ///
  /// - Parameter body: May write to what belongs to its own rows only.
  package static func forEach(of height: Int, _ body: (Range<Int>) -> Void) {
    let count = min(max(height / 32, 1), 16)
    withoutActuallyEscaping(body) { body in
      // Safe: calls share nothing that they write, as the caller promises, and end before this function does.
      nonisolated(unsafe) let work = body
      DispatchQueue.concurrentPerform(iterations: count) { band in
        work(height * band / count..<height * (band + 1) / count)
      }
    }
  }
}
