// Masks of the same size are combined run by run, without unpacking pixels.
extension RunLengths {
  /// Returns the pixels that are inside either mask.
  public func union(_ other: RunLengths) -> RunLengths { combined(with: other) { $0 || $1 } }

  /// Returns the pixels that are inside both masks.
  public func intersection(_ other: RunLengths) -> RunLengths { combined(with: other) { $0 && $1 } }

  /// Returns the pixels of this mask that are not inside the other.
  public func subtracting(_ other: RunLengths) -> RunLengths { combined(with: other) { $0 && !$1 } }

  /// Returns the pixels that are inside one of the masks alone: where they differ.
  public func symmetricDifference(_ other: RunLengths) -> RunLengths { combined(with: other) { $0 != $1 } }

  /// The pixels that are not inside.
  public var inverted: RunLengths { combined(with: self) { isInside, _ in !isInside } }

  /// Returns whether the pixel at column `x`, row `y` is inside; a pixel beyond the mask is not.
  public func contains(x: Int, y: Int) -> Bool {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return false }
    let place = x * height + y
    var end = 0
    for (index, count) in counts.enumerated() {
      end += count
      if place < end { return !index.isMultiple(of: 2) }
    }
    return false
  }

  private func combined(with other: RunLengths, isInside: (Bool, Bool) -> Bool) -> RunLengths {
    precondition(width == other.width && height == other.height, "The masks differ in size")
    var runs = RunBuilder()
    var (mine, theirs) = (0, 0)
    var (myRest, theirRest) = (counts[0], other.counts[0])
    while true {
      let count = min(myRest, theirRest)
      runs.append(count, isInside: isInside(!mine.isMultiple(of: 2), !theirs.isMultiple(of: 2)))
      myRest -= count
      theirRest -= count
      // Both end at the same pixel, so neither list is left before the other.
      if myRest == 0 && theirRest == 0 && mine + 1 == counts.count && theirs + 1 == other.counts.count {
        break
      }
      if myRest == 0 {
        mine += 1
        myRest = counts[mine]
      }
      if theirRest == 0 {
        theirs += 1
        theirRest = other.counts[theirs]
      }
    }
    return RunLengths(width: width, height: height, runs: runs)
  }
}
