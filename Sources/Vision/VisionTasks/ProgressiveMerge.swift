extension ProbabilityMap {
  /// Returns these probabilities with only those changes to an earlier mask that are connected with a click.
  ///
  /// The progressive merge of FocalClick (Chen et al., 2022): what a click is not about stays as it was, so that
  /// a further click never harms what is far from it. The changes are the places that enter or leave the mask.
  package func merged(into previous: ProbabilityMap, at click: Click) -> ProbabilityMap {
    let before = previous.resampled(over: crop, width: width, height: height)
    let isChanged = zip(values, before).map { ($0 > Self.threshold) != ($1 > Self.threshold) }
    let isKept = connected(isChanged, around: click)
    let merged = values.indices.map { isChanged[$0] && !isKept[$0] ? before[$0] : values[$0] }
    return ProbabilityMap(width: width, height: height, values: merged, crop: crop)
  }

  /// Returns which of the marked places are connected, over edges, with one at the click or beside it.
  private func connected(_ isMarked: [Bool], around click: Click) -> [Bool] {
    var isReached = [Bool](repeating: false, count: isMarked.count)
    guard let (column, row) = place(of: click) else { return isReached }
    var waiting: [Int] = []
    func visit(_ column: Int, _ row: Int) {
      guard (0..<width).contains(column), (0..<height).contains(row) else { return }
      let place = row * width + column
      guard isMarked[place], !isReached[place] else { return }
      isReached[place] = true
      waiting.append(place)
    }
    for y in row - 1...row + 1 {
      for x in column - 1...column + 1 { visit(x, y) }
    }
    while let place = waiting.popLast() {
      let (y, x) = place.quotientAndRemainder(dividingBy: width)
      visit(x - 1, y)
      visit(x + 1, y)
      visit(x, y - 1)
      visit(x, y + 1)
    }
    return isReached
  }
}
