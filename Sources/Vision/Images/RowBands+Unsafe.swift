import Dispatch

/// Shares the rows of a picture out to the processors.
package enum RowBands {
  /// Calls `body` at the same time with disjoint ranges that make up `0..<height`, and waits for all.
  ///
  /// - Parameters:
  ///   - least: Fewer rows than this are not worth a band of their own.
  ///   - body: May write to what belongs to its own rows only.
  package static func forEach(of height: Int, atLeast least: Int = 32, _ body: (Range<Int>) -> Void) {
    let count = min(max(height / least, 1), 16)
    withoutActuallyEscaping(body) { body in
      // Safe: calls share nothing that they write, as the caller promises, and end before this function does.
      nonisolated(unsafe) let work = body
      DispatchQueue.concurrentPerform(iterations: count) { band in
        work(height * band / count..<height * (band + 1) / count)
      }
    }
  }

  /// Returns the results of `body` for each index of `height` rows of `width`, computed at the same time.
  ///
  /// - Parameter body: Depends on nothing that it changes.
  static func map<Result>(width: Int, height: Int, _ body: (Int) -> Result) -> [Result] {
    [Result](unsafeUninitializedCapacity: width * height) { results, count in
      let target = results.baseAddress!
      // Safe: bands hold disjoint rows, and together initialize every element once.
      forEach(of: height) { rows in
        for index in rows.lowerBound * width..<rows.upperBound * width {
          (target + index).initialize(to: body(index))
        }
      }
      count = width * height
    }
  }
}
