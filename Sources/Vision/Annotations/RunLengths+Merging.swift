import VisionTasks

extension RunLengths {
  /// Returns this mask with only those changes that lead to `other` and are connected with a pixel near a click.
  ///
  /// - Parameter reach: How far from the click, in pixels along each axis, a change may be.
  public func merging(_ other: RunLengths, near click: Click, reach: Int) -> RunLengths {
    let (x, y) = (Int(click.x.rounded(.down)), Int(click.y.rounded(.down)))
    return merging(other, columns: x - reach..<x + reach + 1, rows: y - reach..<y + reach + 1)
  }

  /// Returns this mask with only those changes that lead to `other` and are connected with a pixel in a box.
  public func merging(_ other: RunLengths, touching box: Box) -> RunLengths {
    let (left, top) = (Int(box.x0.rounded(.down)), Int(box.y0.rounded(.down)))
    return merging(
      other, columns: left..<max(Int(box.x1.rounded(.up)), left + 1),
      rows: top..<max(Int(box.y1.rounded(.up)), top + 1))
  }

  private func merging(_ other: RunLengths, columns: Range<Int>, rows: Range<Int>) -> RunLengths {
    let changes = RunComponents(symmetricDifference(other))
    let meant = changes.components { x, run in columns.contains(x) && run.overlaps(rows) }
    return symmetricDifference(changes.mask { meant.contains($0) })
  }
}
