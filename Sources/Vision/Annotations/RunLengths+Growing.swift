extension RunLengths {
  /// The mask and every pixel that shares an edge with it: dilation by a cross of three by three.
  public var grown: RunLengths {
    union(movedHorizontally(by: 1)).union(movedHorizontally(by: -1)).union(stretchedVertically)
  }

  /// The mask without every pixel that shares an edge with one outside: erosion by a cross of three by three. The border
  /// of the image takes nothing away, so that an object that it cuts off stays there.
  public var shrunk: RunLengths { inverted.grown.inverted }

  /// The pixels one column further, without those that leave the image.
  private func movedHorizontally(by columns: Int) -> RunLengths {
    let shift = columns * height
    var runs = RunBuilder()
    var end = 0
    for run in insideRuns {
      let start = max(run.lowerBound + shift, 0)
      let stop = min(run.upperBound + shift, width * height)
      guard start < stop else { continue }
      runs.append(start - end, isInside: false)
      runs.append(stop - start, isInside: true)
      end = stop
    }
    runs.append(width * height - end, isInside: false)
    return RunLengths(width: width, height: height, runs: runs)
  }

  /// The pixels and those above and below them.
  private var stretchedVertically: RunLengths {
    var runs = RunBuilder()
    var end = 0
    for run in insideRuns {
      // A run that begins at the top of a column has nothing above it; likewise at the bottom.
      let start = run.lowerBound % height == 0 ? run.lowerBound : run.lowerBound - 1
      let stop = run.upperBound % height == 0 ? run.upperBound : run.upperBound + 1
      runs.append(max(start, end) - end, isInside: false)
      runs.append(stop - max(start, end), isInside: true)
      end = stop
    }
    runs.append(width * height - end, isInside: false)
    return RunLengths(width: width, height: height, runs: runs)
  }
}
